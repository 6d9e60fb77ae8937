package io.fdsentry.sample;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Says what the sampler sees of a process, for whoever runs it.
final class Glance {
    private Glance() {}

    /// `Glance PID` writes the tier, the outcome of each probe, and the sockets by protocol and state.
    public static void main(String[] arguments) {
        String target = "targets: [{name: one, match: {pid: %s}}]".formatted(arguments[0]);
        if (!(ConfigLoader.parse("arguments", target, Map.of()) instanceof Loaded.Valid<Config>(Config config))) {
            throw new IllegalArgumentException(target);
        }
        try (Sampler sampler = new Sampler(Path.of("/proc"), Path.of("/"), InstantSource.system())) {
            var _ = sampler.sample(config, Requests.NONE);
            Snapshot snapshot = sampler.sample(config, Requests.NONE);
            ProcessSample process = snapshot.processes().getFirst();
            System.out.println(process.tier());
            process.probes()
                    .forEach((probe, outcome) ->
                            System.out.println(probe + " " + (outcome.isSeen() ? "ok" : outcome.reason())));
            Sockets sockets = process.sockets().orNull();
            System.out.println(sockets == null ? "none" : sockets.protocols() + " " + sockets.tcp());
            System.out.println(snapshot.namespaces().stream()
                    .map(one -> one.tcp().toString())
                    .toList());
        }
    }
}
