package io.fdsentry.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole configuration, validated: `config.yaml` as records. Every key is described there.
///
/// @param targets in file order; empty: every visible process, by executable name
public record Config(
        Sampling sampling,
        List<TargetConfig> targets,
        DetectionConfig detection,
        Peers peers,
        Metrics metrics,
        Evidence evidence,
        State state,
        Web web) {

    /// What is in force without a file.
    public static final Config DEFAULTS = new Config(
            new Sampling(Duration.ofSeconds(15), 0.05, Duration.ZERO),
            List.of(),
            DetectionConfig.DEFAULTS,
            new Peers(10, false, Aggregate.ADDRESS_PORT),
            new Metrics(Detail.AUTO, Per.PROCESS, 20_000, Self.FULL, Map.of()),
            new Evidence(null, 100_000_000, Duration.ofDays(30), null),
            new State(null),
            new Web(false, Ui.AUTO));

    public Config {
        targets = List.copyOf(targets);
    }

    /// Whether targets are named; without, everything visible is watched.
    public boolean namesTargets() {
        return !targets.isEmpty();
    }

    /// @param interval between two rounds
    /// @param budget share of one core a round may take on average
    /// @param minAge younger processes count only in their target's sums
    public record Sampling(Duration interval, double budget, Duration minAge) {}

    /// @param top peers of a process that have a series of their own
    /// @param resolve whether peers are shown by name
    /// @param aggregate what outbound peers are grouped by
    public record Peers(int top, boolean resolve, Aggregate aggregate) {}

    /// What outbound peers are grouped by.
    public enum Aggregate {
        ADDRESS_PORT,
        ADDRESS
    }

    /// @param labels constant labels of every series
    public record Metrics(Detail detail, Per per, int maxSeries, Self self, Map<String, String> labels) {
        public Metrics {
            labels = Map.copyOf(labels);
        }
    }

    /// How much a healthy process exports.
    public enum Detail {
        ALL,
        SUSPECTED,
        /// [#ALL] for targets named in the configuration, [#SUSPECTED] without one.
        AUTO
    }

    /// What a set of series stands for.
    public enum Per {
        PROCESS,
        TARGET
    }

    /// What fdsentry exports about itself.
    public enum Self {
        FULL,
        MINIMAL
    }

    /// @param directory null: records are kept in memory only
    /// @param maxSizeBytes of all records
    /// @param pushUrl null: records are not pushed
    public record Evidence(
            @Nullable Path directory,
            long maxSizeBytes,
            Duration maxAge,
            @Nullable URI pushUrl) {}

    /// @param directory null: peaks do not survive a restart of fdsentry
    public record State(@Nullable Path directory) {}

    /// @param lifecycle whether `POST /-/reload` works
    /// @param ui who gets the page, the API and the evidence
    public record Web(boolean lifecycle, Ui ui) {}

    /// Who gets the page, the API and the evidence.
    public enum Ui {
        /// Clients on loopback, and everyone once authentication is configured.
        AUTO,
        ON,
        OFF
    }
}
