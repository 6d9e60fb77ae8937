package io.fdsentry.testing;

import io.fdsentry.libc.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A network namespace of its own with a loopback device, deleted when this is closed. Needs root and `ip`.
public final class TestNetns implements AutoCloseable {
    private final String ip = Needs.program("ip").toString();
    private final String name = "fdsentry-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());

    private TestNetns() {}

    public static TestNetns create() {
        Needs.root();
        TestNetns netns = new TestNetns();
        netns.run("netns", "add", netns.name);
        netns.run("-n", netns.name, "link", "set", "lo", "up");
        return netns;
    }

    /// What to put before a command that shall run inside; it is replaced by the command.
    public List<String> wrapper() {
        return List.of(ip, "netns", "exec", name);
    }

    /// Does something on a thread inside: sockets opened there stay there, whoever uses them.
    public <T> T inside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            int fd = Libc.open(Path.of("/run/netns", name).toString());
            try {
                Libc.setns(fd, Libc.CLONE_NEWNET);
            } finally {
                Libc.close(fd);
            }
            return work.call();
        });
        Thread.ofPlatform().name(name).start(task);
        try {
            return task.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(ip));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("netns", "del", name);
    }
}
