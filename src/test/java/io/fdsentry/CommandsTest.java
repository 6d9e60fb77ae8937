package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Fdsentry.Ended;
import io.fdsentry.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a shell is told: exit codes, help, completion, and the check of a file.
@Tag("real")
class CommandsTest {
    @TempDir
    Path directory;

    @Test
    void aRightFileIsCalledSo() throws Exception {
        Path file = Files.writeString(directory.resolve("right.yaml"), "targets: [{name: a, match: {comm: a}}]");
        assertEquals(
                new Ended(0, file + ": OK, watches 1 target\n", ""),
                Fdsentry.run(directory, "check-config", file.toString()));
    }

    @Test
    void everyProblemOfAFileHasItsPlace() throws Exception {
        Files.writeString(directory.resolve("wrong.yaml"), "sampling:\n  interval: 1\nwebb: {}\n");
        Ended ended = Fdsentry.run(directory, "check-config", "wrong.yaml");
        assertEquals(2, ended.exitCode());
        assertEquals(2, ended.out().lines().count(), ended.out());
        assertTrue(ended.out().startsWith("wrong.yaml:2:13: sampling.interval: "), ended.out());
        assertTrue(ended.out().contains("\nwrong.yaml:3:1: webb: "), ended.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--version, 0, 'fdsentry '",
        "--help, 0, 'Usage: fdsentry '",
        "run --help, 0, 'Usage: fdsentry run '",
        "inspect --help, 0, 'Usage: fdsentry inspect '",
        "demo --help, 0, 'Usage: fdsentry demo '",
        "demo --hold=long, 2, ''",
        "'', 2, ''",
        "run --bogus, 2, ''",
        "run --log.level=loud, 2, ''",
        "run --web.listen-address=10177, 2, ''",
        "run --path.procfs=/dev/null, 2, ''",
        "inspect --path.procfs=/dev/null, 2, ''",
        "check-config, 2, ''",
        "inspekt, 2, ''",
    })
    void usage(String arguments, int exitCode, String start) throws Exception {
        String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        Ended ended = Fdsentry.run(directory, args);
        assertEquals(exitCode, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith(start), ended.out());
        assertEquals(exitCode == 0, ended.err().isEmpty(), ended.err());
    }

    @Test
    void shellsLearnTheCommands() throws Exception {
        Path script = Files.writeString(
                directory.resolve("completion"),
                Fdsentry.run(directory, "generate-completion").out());
        Process bash = new ProcessBuilder(
                        Needs.program("bash").toString(),
                        "-c",
                        ". " + script + "; COMP_WORDS=(fdsentry ins); COMP_CWORD=1; COMP_LINE='fdsentry ins';"
                                + " _complete_fdsentry; echo ${COMPREPLY[@]}")
                .redirectErrorStream(true)
                .start();
        assertEquals("inspect\n", new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
