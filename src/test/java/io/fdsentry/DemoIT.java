package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.evidence.EvidenceStore;
import io.fdsentry.model.Cause;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.TreeDeletion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fdsentry demo` of the distribution, as people see it first.
@Tag("real")
class DemoIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int COLUMNS = 80;
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final Pattern CONTROLLER = Pattern.compile("(127\\.0\\.0\\.1:\\d+), ends connections");

    @TempDir
    Path directory;

    @Test
    void tellsWhoLeaksWhatToWhomAndNothingOfTheRepaired() throws Exception {
        Path evidence = directory.resolve("evidence");
        try (Fdsentry demo = start("--hold=0", "--evidence.directory=" + evidence)) {
            awaitText(demo, "CONFIRMED after|URGENT after");
            String answer = get(found(PAGE, demo) + "api/v1/processes");
            assertTrue(answer.contains("\"target\":\"ruler\""), answer);
            Fdsentry.Ended ended = awaitEnd(demo);
            assertEquals(0, ended.exitCode(), ended::toString);
            assertEquals("", ended.err());
            String controller = found(CONTROLLER, demo);
            assertTold(ended.out(), controller);
            assertRecorded(evidence, controller);
            assertEquals(List.of(), leftovers(demo));
        }
    }

    private static void assertTold(String out, String controller) {
        String words = out.replaceAll("\\s+", " ");
        for (String told : List.of(
                "leaks connections to " + controller + " (controller)",
                "response_body_not_closed",
                "responses are not being closed.",
                "dashboards",
                "time left",
                "nothing raised in ")) {
            assertTrue(words.contains(told), () -> told + " in: " + out);
        }
        assertFalse(out.contains("\u001b"), "colours in a file");
        assertEquals(List.of(), out.lines().filter(DemoIT::isTooWide).toList());
    }

    /// A path is as long as it is.
    private static boolean isTooWide(String line) {
        return line.length() > COLUMNS && !line.contains("/evidence");
    }

    private static void assertRecorded(Path evidence, String controller) throws IOException {
        List<EvidenceSummary> records = EvidenceStore.of(evidence).list();
        Set<Occasion> occasions =
                records.stream().map(EvidenceSummary::occasion).collect(Collectors.toSet());
        assertTrue(occasions.contains(Occasion.ENDED), records::toString);
        EvidenceSummary last = records.getFirst();
        assertEquals(Cause.RESPONSE_BODY_NOT_CLOSED, last.cause(), last::toString);
        assertTrue(last.state().compareTo(LeakState.CONFIRMED) >= 0, last::toString);
        assertEquals("ruler", last.target());
        assertTrue(last.sentence().contains(" towards " + controller + ","), last::toString);
    }

    @Test
    void aPortInUseIsSaidAndCtrlCEndsEverything() throws Exception {
        try (Fdsentry demo = start()) {
            List<ProcessHandle> children = playing(demo);
            assertPortInUseIsSaid(found(PAGE, demo).replaceAll("http://|/", ""));
            demo.signal("INT");
            Fdsentry.Ended ended = demo.end();
            assertEquals(0, ended.exitCode(), ended::toString);
            assertTrue(ended.out().endsWith("Ended. Nothing of the demo is left.\n"), ended::toString);
            assertEquals(List.of(), alive(children));
            assertEquals(List.of(), leftovers(demo));
        }
    }

    private void assertPortInUseIsSaid(String address) throws IOException {
        try (Fdsentry other = Fdsentry.startDistribution(directory, "demo", "--web.listen-address=" + address)) {
            Fdsentry.Ended ended = other.end();
            assertEquals(1, ended.exitCode(), ended::toString);
            assertTrue(ended.err().startsWith("fdsentry: "), ended.err());
            assertTrue(ended.err().contains(address.replaceAll(".*:", "")), ended.err());
            assertEquals(List.of(), leftovers(other));
        }
    }

    @Test
    void itsProgramsEndWithItHoweverItEnds() throws Exception {
        try (Fdsentry demo = start()) {
            List<ProcessHandle> children = playing(demo);
            demo.signal("KILL");
            Await.until("the end of " + children, () -> alive(children).isEmpty());
            for (Path left : leftovers(demo)) {
                TreeDeletion.delete(left);
            }
        }
    }

    private Fdsentry start(String... flags) throws IOException {
        return Fdsentry.startDistribution(
                directory,
                Stream.concat(Stream.of("demo", "--web.listen-address=127.0.0.1:0"), Stream.of(flags))
                        .toArray(String[]::new));
    }

    /// Its programs, once all play.
    private static List<ProcessHandle> playing(Fdsentry demo) {
        awaitText(demo, "fdsentry says");
        List<ProcessHandle> children =
                ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
        assertEquals(3, children.size(), children::toString);
        return children;
    }

    private static List<ProcessHandle> alive(List<ProcessHandle> children) {
        return children.stream().filter(ProcessHandle::isAlive).toList();
    }

    /// Its temporary files.
    private static List<Path> leftovers(Fdsentry demo) throws IOException {
        String name = "fdsentry-demo-" + demo.pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(name))
                    .toList();
        }
    }

    private static Fdsentry.Ended awaitEnd(Fdsentry demo) throws IOException {
        Await.until("the end", PATIENCE, () -> !demo.isAlive());
        return demo.end();
    }

    private static void awaitText(Fdsentry demo, String pattern) {
        Pattern text = Pattern.compile(pattern);
        Await.until(pattern, PATIENCE, () -> {
            assertTrue(demo.isAlive() || text.matcher(demo.out()).find(), () -> "ended too early");
            return text.matcher(demo.out()).find();
        });
    }

    private static String found(Pattern pattern, Fdsentry demo) throws IOException {
        String out = demo.out();
        Matcher matcher = pattern.matcher(out);
        assertTrue(matcher.find(), out);
        return matcher.group(matcher.groupCount());
    }

    private static String get(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
