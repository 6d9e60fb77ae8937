package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Threads;
import io.fdsentry.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HsPerfDataTest {
    @Test
    void aFileThatIsSomethingElseIsRefused() {
        for (int length : new int[] {0, 3, 31, 32, 4096}) {
            assertThrows(IllegalArgumentException.class, () -> HsPerfData.parse(ByteBuffer.allocate(length)));
        }
    }

    @Test
    void anEntryThatEndsNowhereIsRefused() {
        ByteBuffer file = prologue(1).putInt(32, -1);

        assertThrows(IllegalArgumentException.class, () -> HsPerfData.parse(file));
    }

    @Test
    void whateverAHostileFileHoldsNothingButARefusalComesOfIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer file = prologue(random.nextInt(3));
            for (int at = 32; at < file.limit() - 4; at += 4) {
                file.putInt(at, random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(64));
            }
            assertThrows(IllegalArgumentException.class, () -> HsPerfData.parse(file));
        }
    }

    @Test
    void aJvmThatWritesNoneIsNoError() {
        Outcome<Threads.Jvm> none = HsPerfData.read(new ProcFs(Path.of("/proc")), 1 << 22);

        assertInstanceOf(Outcome.Gone.class, none);
    }

    @Test
    @Tag("real")
    void aJvmTellsItsThreads() throws IOException {
        try (Jvm jvm = Jvm.start()) {
            ProcFs procfs = new ProcFs(Path.of("/proc"));

            Threads.Jvm threads = Await.value(
                            "threads of the JVM",
                            () -> HsPerfData.read(procfs, (int) jvm.pid()),
                            outcome -> outcome instanceof Outcome.Seen<Threads.Jvm>(Threads.Jvm seen)
                                    && seen.started() > Sleeper.THREADS)
                    .orNull();

            assertTrue(threads != null && threads.live() > Sleeper.THREADS, () -> threads + "");
            assertTrue(threads.peak() >= threads.live() && threads.started() >= threads.peak(), () -> threads + "");
        }
    }

    @Test
    @Tag("real")
    void aFileCutAnywhereIsRefusedOrWhole() throws IOException {
        try (Jvm jvm = Jvm.start()) {
            byte[] file = Await.value("its file", () -> Files.readAllBytes(file(jvm.pid())), bytes -> bytes[7] == 1);
            Threads.Jvm whole = HsPerfData.parse(ByteBuffer.wrap(file));
            for (int length = 0; length < file.length; length += 97) {
                try {
                    assertEquals(
                            whole,
                            HsPerfData.parse(ByteBuffer.wrap(file, 0, length).slice()));
                } catch (IllegalArgumentException e) {
                    assertTrue(e.getMessage() != null);
                }
            }
        }
    }

    private static Path file(long pid) throws IOException {
        return Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), Long.toString(pid));
    }

    private static ByteBuffer prologue(int entries) {
        return ByteBuffer.allocate(512)
                .putInt(0, 0xcafec0c0)
                .put(7, (byte) 1)
                .putInt(24, 32)
                .putInt(28, entries);
    }

    /// A JVM that runs [Sleeper].
    private record Jvm(Process process) implements AutoCloseable {
        static Jvm start() throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return new Jvm(new ProcessBuilder(
                            java,
                            "-XX:+UsePerfData",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            Sleeper.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }

        long pid() {
            return process.pid();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /// A program with some threads.
    static final class Sleeper {
        static final int THREADS = 25;

        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            for (int i = 0; i < THREADS; i++) {
                Thread.ofPlatform().name("worker-" + i).start(Sleeper::sleep);
            }
            System.out.println("ready");
            Thread.sleep(Long.MAX_VALUE);
        }

        private static void sleep() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                // the end
            }
        }
    }
}
