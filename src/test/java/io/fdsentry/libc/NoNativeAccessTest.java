package io.fdsentry.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A JVM that forbids native calls says which flag it wants.
final class NoNativeAccessTest {
    @Test
    @Tag("real")
    void theFlagThatIsMissingIsNamed() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--illegal-native-access=deny",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), output);
        assertEquals("the JVM forbids native calls: start it with --enable-native-access=ALL-UNNAMED\n", output);
    }

    /// Prints why it can make no calls, having tried one.
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            assertThrows(IllegalStateException.class, Libc::geteuid);
            System.out.println(Libc.unavailable());
        }
    }
}
