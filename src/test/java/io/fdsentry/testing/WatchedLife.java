package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.detect.Detector;
import io.fdsentry.detect.Judgement;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Verdict;
import io.fdsentry.sample.Sampler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Real processes with real sockets, sampled by the real sampler and judged by the real detector; only time is
/// played: an interval passes with each round, however long the round took. A day of rounds is over in seconds.
///
/// What the kernel times itself (byte times, keepalive, the end of FIN_WAIT2) goes by the machine's clock and is
/// next to nothing beside the played one, so a socket is as idle as it is long without a byte in played time.
public final class WatchedLife implements AutoCloseable {
    /// Between two rounds unless [#every] says otherwise.
    public static final Duration ROUND = Config.DEFAULTS.sampling().interval();

    private static final int ROUNDS_TO_TELL = 3;

    private final Clocks clocks = new Clocks();
    private final Sampler sampler = new Sampler(Path.of("/proc"), Path.of("/"), clocks, clocks::nanos);
    private final Detector detector = new Detector();
    private final Map<String, LeakState> states = new HashMap<>();
    private final Map<String, Conviction> convictions = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private final Config config;
    private UnaryOperator<ProcessSample> change = UnaryOperator.identity();
    private Duration interval;
    private Requests requests = Requests.NONE;
    private Judgement judgement = new Judgement(Map.of(), List.of(), Requests.NONE);
    private @Nullable Snapshot round;

    private WatchedLife(Config config) {
        this.config = config;
        interval = config.sampling().interval();
    }

    /// Watches processes.
    ///
    /// @param pids by target name
    public static WatchedLife of(Map<String, Integer> pids) {
        return with("", pids);
    }

    /// @param more further YAML
    public static WatchedLife with(String more, Map<String, Integer> pids) {
        StringBuilder yaml = new StringBuilder(more).append("\ntargets:\n");
        pids.forEach((name, pid) -> yaml.append("  - {name: %s, match: {pid: %d}}\n".formatted(name, pid)));
        Loaded<Config> loaded = ConfigLoader.parse("test", yaml.toString(), Map.of());
        return new WatchedLife((Config)
                assertInstanceOf(Loaded.Valid.class, loaded, loaded::toString).value());
    }

    /// When a target was first confirmed to leak, and with how many descriptors.
    public record Conviction(Duration at, int fds) {}

    /// What processes do before each round of a stretch.
    public interface Deeds {
        /// @param number of the round, from 0
        void before(int number);
    }

    /// From now on so much time passes between rounds.
    public WatchedLife every(Duration other) {
        interval = other;
        return this;
    }

    /// From now on the detector is told of this limit of descriptors, whatever the machine allows.
    ///
    /// @param limit null: none
    public WatchedLife limitedTo(@Nullable Long limit) {
        change = process -> Changed.limited(process, limit);
        return this;
    }

    /// Plays a stretch of time.
    public WatchedLife play(Duration time, Deeds deeds) {
        long rounds = time.dividedBy(interval);
        for (int number = 0; number < rounds; number++) {
            deeds.before(number);
            round();
        }
        return this;
    }

    /// Plays on until a target is confirmed, for so long at most, and a few rounds more: only the connections of a
    /// suspect are listed, so one that is convicted without having been suspected is explained after the verdict.
    public Conviction playUntilConfirmed(String target, Duration most, Deeds deeds) {
        long last = most.dividedBy(interval);
        int told = 0;
        for (int number = 0; number < last && told < ROUNDS_TO_TELL; number++) {
            deeds.before(number);
            round();
            if (convictions.containsKey(target)) {
                told++;
            }
        }
        Conviction conviction = convictions.get(target);
        return conviction == null ? fail(target + " was not confirmed within " + most + "; " + this) : conviction;
    }

    private void round() {
        clocks.pass(interval);
        Snapshot next = changed(sampler.sample(config, requests));
        judgement = detector.judge(next, config);
        requests = judgement.requests();
        round = next;
        next.processes().forEach(this::note);
    }

    private Snapshot changed(Snapshot seen) {
        return new Snapshot(
                seen.at(),
                seen.monotonicNanos(),
                seen.took(),
                seen.processes().stream().map(change).toList(),
                seen.targets(),
                seen.namespaces(),
                seen.errors(),
                seen.coverage(),
                seen.details());
    }

    private void note(ProcessSample process) {
        LeakState now = judgement.verdicts().getOrDefault(process.id(), List.of()).stream()
                .map(Verdict::state)
                .max(LeakState::compareTo)
                .orElse(LeakState.NONE);
        int fds = fds(process);
        LeakState before = states.put(process.target(), now);
        if (now != before) {
            story.add(String.format(
                    Locale.ROOT,
                    "%s is %s after %s with %,d fds",
                    process.target(),
                    now.label(),
                    clocks.passed().toString().substring(2),
                    fds));
        }
        if (now.compareTo(LeakState.CONFIRMED) >= 0) {
            convictions.putIfAbsent(process.target(), new Conviction(clocks.passed(), fds));
        }
    }

    private static int fds(ProcessSample process) {
        return process.openFds().orNull() instanceof Integer seen ? seen : 0;
    }

    /// How much time was played.
    public Duration passed() {
        return clocks.passed();
    }

    /// How many descriptors a target had in the last round.
    public int openFds(String target) {
        return fds(sample(target));
    }

    /// The diagnosis that stands for a target after the last round; fails where there is not exactly one.
    public Finding finding(String target) {
        List<Finding> findings = findings(target);
        return findings.size() == 1 ? findings.getFirst() : fail("one finding of " + target + " in " + this);
    }

    /// Those that stand for a target.
    public List<Finding> findings(String target) {
        return judgement.findings().stream()
                .filter(finding -> finding.target().equals(target))
                .toList();
    }

    /// How sure the detector is of a target after the last round, of whichever resource it is surest.
    public LeakState state(String target) {
        return states.getOrDefault(target, LeakState.NONE);
    }

    /// What a target looked like in the last round.
    public ProcessSample sample(String target) {
        Snapshot last = round;
        return last == null
                ? fail("no round was played")
                : last.processes().stream()
                        .filter(process -> process.target().equals(target))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + target + "; " + this));
    }

    /// Of how many sockets of this machine the sampler remembers something.
    public int rememberedSockets() {
        return sampler.rememberedSockets();
    }

    /// Whether a target was ever confirmed to leak.
    public boolean everConfirmed(String target) {
        return convictions.containsKey(target);
    }

    /// All changes of mind, and what stands now.
    @Override
    public String toString() {
        return story + "; now " + judgement.findings();
    }

    @Override
    public void close() {
        sampler.close();
    }

    /// They start with the machine's, and stand still until time passes.
    private static final class Clocks implements InstantSource {
        private final Instant wall = Instant.now();
        private final long nanos = System.nanoTime();
        private Duration passed = Duration.ZERO;

        void pass(Duration time) {
            passed = passed.plus(time);
        }

        Duration passed() {
            return passed;
        }

        long nanos() {
            return nanos + passed.toNanos();
        }

        @Override
        public Instant instant() {
            return wall.plus(passed);
        }
    }
}
