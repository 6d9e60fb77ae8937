package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Detail;
import io.fdsentry.config.Config.Metrics;
import io.fdsentry.config.Config.Per;
import io.fdsentry.config.Config.Self;
import io.fdsentry.model.Board;
import io.fdsentry.model.Probe;
import io.fdsentry.testing.RandomBoards;
import io.fdsentry.testing.Scenario;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What must hold of every exposition, over rounds nobody thought of.
class RandomRoundsTest {
    private static final int ROUNDS = 15;
    private static final Pattern SUBJECT = Pattern.compile("(pid|target)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @ParameterizedTest
    @EnumSource
    void sumsHold(Per per) {
        RandomBoards boards = new RandomBoards(1);
        for (int i = 0; i < ROUNDS; i++) {
            Scrape scrape = scrape(boards.next(), Detail.ALL, per, 20_000);
            assertAddsUp(per, scrape.series("fdsentry_process_fds"), scrape.series("fdsentry_process_open_fds"));
            assertAddsUp(
                    per,
                    scrape.series("fdsentry_process_sockets"),
                    scrape.series("fdsentry_process_fds", "kind=\"socket\""));
            assertAddsUp(
                    per,
                    scrape.series("fdsentry_process_tcp_sockets"),
                    scrape.series("fdsentry_process_sockets", "protocol=\"tcp\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfStrangersNeitherBreakALineNorGrowWithoutBound(Detail detail) {
        RandomBoards boards = new RandomBoards(2);
        for (int i = 0; i < ROUNDS; i++) {
            for (String line :
                    scrape(boards.next(), detail, Per.PROCESS, 20_000).lines()) {
                assertTrue(line.codePoints().noneMatch(Character::isISOControl), line);
                assertTrue(line.length() < 2_500, line);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void healthyProcessesNeverHaveMoreThanTwentySeries(Per per) {
        RandomBoards boards = new RandomBoards(3);
        for (int i = 0; i < ROUNDS; i++) {
            Board board = boards.next();
            new Subjects(board, config(Detail.SUSPECTED, per, 20_000))
                    .all().stream().filter(subject -> !subject.isSuspected()).forEach(subject -> {
                        Blocks out = new Blocks(subject.labels(), false);
                        new ShortList(subject, out).add(Set.of(Probe.values()));
                        int series = out.all().stream()
                                .mapToInt(b -> b.points().size())
                                .sum();
                        assertTrue(series <= 20, "" + series);
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumsHoldWhateverIsDropped(Per per) {
        RandomBoards boards = new RandomBoards(4);
        for (int i = 0; i < ROUNDS; i++) {
            Scrape scrape = scrape(boards.next(), Detail.ALL, per, 100 + 10 * i);
            Map<String, Double> kinds = scrape.series("fdsentry_process_fds");
            if (!kinds.isEmpty()) {
                assertAddsUp(per, kinds, scrape.series("fdsentry_process_open_fds"));
            }
        }
    }

    private static Scrape scrape(Board board, Detail detail, Per per, int maxSeries) {
        return Scrape.of(board, config(detail, per, maxSeries));
    }

    private static Config config(Detail detail, Per per, int maxSeries) {
        return Scenario.with(Scenario.config(), new Metrics(detail, per, maxSeries, Self.MINIMAL, Map.of("dc", "1")));
    }

    /// Every subject with parts has a whole, and they are equal.
    private static void assertAddsUp(Per per, Map<String, Double> parts, Map<String, Double> whole) {
        Map<String, Double> sums = bySubject(per, parts);
        Map<String, Double> wholes = bySubject(per, whole);
        sums.forEach((subject, sum) -> assertEquals(wholes.get(subject), sum, subject));
    }

    private static Map<String, Double> bySubject(Per per, Map<String, Double> series) {
        String label = per == Per.PROCESS ? "pid" : "target";
        Map<String, Double> sums = new HashMap<>();
        series.forEach((name, value) -> {
            Matcher matcher = SUBJECT.matcher(name);
            while (matcher.find()) {
                if (matcher.group(1).equals(label)) {
                    sums.merge(matcher.group(2), value, Double::sum);
                }
            }
        });
        return sums;
    }
}
