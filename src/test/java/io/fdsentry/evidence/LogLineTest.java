package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.RandomBoards;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static String written(EvidenceRecord evidence) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            LogLine.of(evidence).write();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }

    @Test
    void theLineTellsTheStoryAlone() {
        String line = written(Story.record());
        for (String part : List.of(
                "level=warn msg=\"evidence: the suspected process ended\"",
                "evidence=20261121t120000z-ruler-4242-ended target=ruler pid=4242",
                "pod=ruler-7d9c5b-x2x4k",
                "state=confirmed resource=close_wait cause=response_body_not_closed role=holder",
                "finding=\"4,180 of 4,231 sockets are CLOSE_WAIT towards 10.2.3.4:8006",
                "fds=4251 fd_limit=65535",
                "close_wait=4180",
                "close_wait_verdict=\"confirmed +119 an hour, limit in 21 d 11 h\"",
                "peer1=\"out 10.2.3.4:8006: 4,180 close_wait (oldest 3 d 4 h), 1 established\"",
                "site1=\"3 blocked for at least 3 h 10 min (IO wait) at example.com/ruler/notify.(*Sender).run")) {
            assertTrue(line.contains(part), part + " is not in " + line);
        }
    }

    @Test
    void hostileNamesDoNotMakeItLonger() {
        for (String name :
                List.of("x", "\"", "\\", "\u001b", "\u202e", "\u00fc", "\ud83d\ude00", "\ud800", "\n", " ")) {
            String line = written(hostile(name.repeat(100_000)));
            int bytes = line.getBytes(UTF_8).length;
            assertTrue(bytes <= LogLine.MOST_BYTES, bytes + " bytes of " + name);
            assertEquals(1, line.lines().count());
            assertTrue(line.contains(" peer5=") && line.contains(" site3="), line);
        }
    }

    @Test
    void noRandomRecordIsTooLong() {
        RandomBoards boards = new RandomBoards(3);
        for (int i = 0; i < 30; i++) {
            for (EvidenceRecord evidence : Records.of(boards.next())) {
                String line = written(evidence);
                assertTrue(line.getBytes(UTF_8).length <= LogLine.MOST_BYTES, line);
            }
        }
    }

    private static EvidenceRecord hostile(String name) {
        ProcessSample ruler = Story.RULER;
        Sockets sockets = Objects.requireNonNull(ruler.sockets().orNull());
        Counts<TcpState> states = sockets.tcp();
        PeerSockets peer = new PeerSockets(name, Direction.OUT, states, Map.of());
        Goroutines.Site site = new Goroutines.Site(name, name, name, 1, Duration.ZERO);
        ProcessSample process = new ProcessSample(
                ruler.id(),
                name,
                name,
                new ContainerName(name, name, name, name),
                ruler.startTime(),
                ruler.tier(),
                ruler.openFds(),
                ruler.fdKinds(),
                ruler.limits(),
                Outcome.seen(new Sockets(
                        sockets.protocols(),
                        sockets.tcp(),
                        sockets.older(),
                        sockets.stale(),
                        0,
                        0,
                        0,
                        Collections.nCopies(50, peer),
                        sockets.firstSeen())),
                ruler.idle(),
                ruler.threads(),
                Outcome.seen(new Goroutines(Goroutines.Source.NATIVE, 9, Map.of(), Collections.nCopies(20, site))));
        return new EvidenceRecord(
                Ids.of(Story.at(0), process, Occasion.CONFIRMED),
                Story.at(0),
                Occasion.CONFIRMED,
                Story.at(0),
                process,
                Story.record().verdicts(),
                Collections.nCopies(3, withSentence(name)),
                List.of(),
                Sampled.none(),
                Sampled.none(),
                "");
    }

    private static io.fdsentry.model.Finding withSentence(String sentence) {
        var like = Story.FINDING;
        return new io.fdsentry.model.Finding(
                like.id(),
                like.process(),
                like.target(),
                like.resource(),
                like.state(),
                like.cause(),
                like.role(),
                sentence,
                sentence,
                sentence,
                sentence,
                like.since(),
                null,
                null);
    }
}
