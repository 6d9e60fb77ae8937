package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be read is refused with the reason; nothing is guessed.
@Tag("real")
class RefusedTest {
    @TempDir
    Path directory;

    @Test
    void aProgramThatIsNoGo() {
        int self = Math.toIntExact(ProcessHandle.current().pid());
        long start = Seen.of(PidStat.read(GoTarget.PROC, self)).startTicks();
        assertEquals(
                Outcome.unsupported("not a Go program"),
                NativeGoroutines.attach(GoTarget.PROC, new ProcessId(self, start)));
        assertEquals(
                Outcome.gone(), NativeGoroutines.attach(GoTarget.PROC, new ProcessId(self, start + 1)), "another one");
    }

    /// The program says that it is of another release than it is: nothing lies where it should.
    @Test
    void aProgramWithAnotherLayoutThanItsReleaseHas() throws IOException {
        Path program = GoProgram.build("1.26", "crowd", Style.STRIPPED, directory);
        for (String other : new String[] {"1.18", "1.22", "1.23"}) {
            try (GoTarget target = GoTarget.start(renamed(program, "1.26", other), "100", "0")) {
                Outcome<NativeGoroutines> outcome = NativeGoroutines.attach(GoTarget.PROC, target.id());
                assertFalse(outcome.isSeen(), "as Go " + other);
                assertInstanceOf(Outcome.Failed.class, outcome, "as Go " + other);
            }
        }
        try (GoTarget target = GoTarget.start(renamed(program, "1.26", "1.28"), "100", "0")) {
            assertEquals(
                    Outcome.unsupported("Go 1.28: no layout; those of Go 1.18 to 1.27 are known"),
                    NativeGoroutines.attach(GoTarget.PROC, target.id()));
        }
    }

    /// A real program that UPX packed: nothing in its file says that it is of Go, and nothing in its memory is
    /// where its headers say.
    @Test
    void aProgramThatIsPacked() throws Exception {
        Path program = packed(GoProgram.build("1.26", "crowd", Style.STRIPPED, directory));
        try (GoTarget target = GoTarget.start(program, "10", "0")) {
            Outcome<GoBuild> build = GoBuild.read(GoTarget.PROC, target.id().pid());
            assertEquals(Outcome.unsupported("a program packed by UPX, which hides whether it is of Go"), build);
            assertTrue(GoBuild.isPossible(build));
            assertEquals(
                    build.map(GoBuild::minor),
                    NativeGoroutines.attach(GoTarget.PROC, target.id()).flatMap(NativeGoroutines::count));
        }
    }

    private static Path packed(Path program) throws Exception {
        Process upx = new ProcessBuilder(Needs.program("upx").toString(), "-1", "-q", program.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(upx.getInputStream().readAllBytes(), ISO_8859_1);
        assertEquals(0, upx.waitFor(), told);
        return program;
    }

    private Path renamed(Path program, String from, String to) throws IOException {
        String bytes = Files.readString(program, ISO_8859_1);
        int at = bytes.indexOf("\u00ff Go buildinf:");
        int version = bytes.indexOf("go" + from, at);
        assertTrue(at > 0 && version - at < 64);
        String changed = bytes.substring(0, version) + "go" + to + bytes.substring(version + 2 + from.length());
        Path file = directory.resolve("as-" + to);
        Files.writeString(file, changed, ISO_8859_1);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    @Test
    void aProcessThatEnded() {
        Path program = GoProgram.build("1.26", "crowd", Style.PLAIN, directory);
        NativeGoroutines goroutines;
        try (GoTarget target = GoTarget.start(program, "10", "0")) {
            goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            assertEquals(11, Seen.of(goroutines.count()));
        }
        assertEquals(Outcome.gone(), goroutines.count());
        assertEquals(Outcome.gone(), goroutines.walk(Duration.ZERO, 0));
        assertEquals(Outcome.gone(), goroutines.dump(1000));
    }

    /// The same process, the same program, a new life: what was known of the old one says nothing.
    @Test
    void aProcessThatRunsItsProgramAnew() {
        Path program = GoProgram.build("1.18", "crowd", Style.PLAIN, directory);
        try (GoTarget target = GoTarget.start(program, "10", "0")) {
            NativeGoroutines before = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            assertEquals(11, Seen.of(before.count()));
            target.ask("again");
            Await.until("it is another", () -> before.count().equals(Outcome.gone()));
            NativeGoroutines after = Seen.of(Await.value(
                    "it is ready", () -> NativeGoroutines.attach(GoTarget.PROC, target.id()), Outcome::isSeen));
            Await.until("all are there again", () -> after.count().equals(Outcome.seen(11)));
        }
    }
}
