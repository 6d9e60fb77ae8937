package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// A sampler that watches given processes of this machine, each as a target `pN` of its pid.
final class Watching implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final Path ROOT = Path.of("/");

    private final Sampler sampler;
    private final Config config;

    private Watching(Sampler sampler, Config config) {
        this.sampler = sampler;
        this.config = config;
    }

    static Watching pids(long... pids) {
        return with("", pids);
    }

    /// @param more further YAML, such as `detection: {time_scale: 10}`
    static Watching with(String more, long... pids) {
        return new Watching(new Sampler(PROC, ROOT, InstantSource.system()), config(more, pids));
    }

    /// One whose clocks the test sets.
    static Watching by(TestClocks clocks, long... pids) {
        return new Watching(new Sampler(PROC, ROOT, clocks, clocks::nanos), config("", pids));
    }

    private static Config config(String more, long... pids) {
        StringBuilder yaml = new StringBuilder("targets:\n");
        for (long pid : pids) {
            yaml.append("  - {name: p%d, match: {pid: %d}}\n".formatted(pid, pid));
        }
        Loaded<Config> loaded = ConfigLoader.parse("test", yaml + more + "\n", Map.of());
        return (Config) assertInstanceOf(Loaded.Valid.class, loaded).value();
    }

    Snapshot round() {
        return round(Requests.NONE);
    }

    Snapshot round(Requests requests) {
        Snapshot snapshot = sampler.sample(config, requests);
        snapshot.processes().forEach(Watching::assertSums);
        return snapshot;
    }

    /// A round after which sockets in no table are told apart from those that were not looked at: closed needs two
    /// dumps.
    Snapshot settled() {
        round();
        round();
        return round();
    }

    static ProcessSample of(Snapshot snapshot, long pid) {
        return snapshot.processes().stream()
                .filter(process -> process.id().pid() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + pid + " in " + snapshot.processes()));
    }

    /// The sums of the contract, wherever both sides could be seen.
    static void assertSums(ProcessSample process) {
        if (process.fdKinds().orNull() instanceof FdKinds kinds) {
            assertEquals(Seen.of(process.openFds()), kinds.kinds().total(), () -> "fds by kind of " + process);
            if (process.sockets().orNull() instanceof Sockets sockets) {
                int open = kinds.kinds().get(FdKind.SOCKET);
                assertEquals(open, sockets.protocols().total(), () -> "sockets by protocol of " + process);
            }
        }
        if (process.sockets().orNull() instanceof Sockets sockets) {
            int tcp = sockets.protocols().get(Protocol.TCP);
            assertEquals(tcp, sockets.tcp().total(), () -> "TCP sockets by state of " + process);
        }
    }

    @Override
    public void close() {
        sampler.close();
    }
}
