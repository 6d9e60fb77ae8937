package io.fdsentry.cli.demo;

import io.fdsentry.ConfigRejected;
import io.fdsentry.Daemon;
import io.fdsentry.ListenAddress;
import io.fdsentry.OnError;
import io.fdsentry.RunOptions;
import io.fdsentry.Signals;
import io.fdsentry.model.Board;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The daemon as `fdsentry run` runs it, in this process.
final class Watching implements AutoCloseable {
    private final Signals end = new Signals();
    private final Daemon daemon;
    private final Thread thread;
    private volatile @Nullable String failure;

    private Watching(RunOptions options) throws ConfigRejected {
        daemon = new Daemon(options, end);
        thread = Thread.ofPlatform().name("fdsentry-daemon").start(this::run);
    }

    static Watching start(Path config, ListenAddress listen) {
        try {
            return new Watching(new RunOptions(config, OnError.EXIT, listen, null, Path.of("/proc"), Path.of("/")));
        } catch (ConfigRejected e) {
            throw new IllegalStateException("the demo's own configuration is wrong", e);
        }
    }

    private void run() {
        try {
            if (!daemon.run(OnError.EXIT)) {
                failure = "fdsentry cannot go on";
            }
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What it thinks after its last round; null before the first.
    ///
    /// @throws IOException in words for a person, if it has ended
    @Nullable
    Board board() throws IOException {
        String why = failure;
        if (why != null) {
            throw new IOException(why);
        }
        return daemon.board();
    }

    @Override
    public void close() {
        end.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
