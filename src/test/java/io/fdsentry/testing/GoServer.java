package io.fdsentry.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// `src/test/resources/go/pprofed.go` at work: goroutines stuck on one mutex, and pprof and metrics over HTTP.
///
/// @param url where it serves
public record GoServer(Process process, URI url) implements AutoCloseable {
    /// Builds it, without symbols and debug information, where that was not done yet.
    ///
    /// @param directory where the program is
    public static Path program(Path directory) {
        Path program = directory.resolve("pprofed");
        return Files.exists(program) ? program : GoProgram.build("pprofed", GoProgram.Style.STRIPPED, directory);
    }

    /// @param stuck goroutines on the mutex
    /// @param depth calls between each and its start
    public static GoServer start(Path program, int stuck, int depth) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "" + stuck, "" + depth)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        return new GoServer(process, URI.create("http://127.0.0.1:" + out.readLine()));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
