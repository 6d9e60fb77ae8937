package io.fdsentry.detect.trend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The memory of one series, and what its rules make of it. Constant in size: some floors and hourly peaks a
/// channel, only for channels that were ever known.
final class Trend {
    /// How much less is enough to suspect.
    static final double SUSPICION = 2;

    private static final Channel[] CHANNELS = Channel.values();
    private static final Scale[] SCALES = Scale.values();
    private static final Rule[][] RULES = byScale();

    private final Floors[] floors = new Floors[SCALES.length];
    private final Floors[][] above = new Floors[SCALES.length][];
    private final Peaks peaks = new Peaks();
    private final float[] sample = new float[CHANNELS.length];
    private final boolean[] closed = new boolean[SCALES.length];
    private final Look look;
    private @Nullable Evidence proof;
    private @Nullable Evidence suspicion;

    Trend() {
        Arrays.setAll(floors, i -> new Floors(SCALES[i]));
        Arrays.setAll(
                above,
                i -> Arrays.stream(floors)
                        .filter(other -> other.scale.below == SCALES[i])
                        .toArray(Floors[]::new));
        look = new Look(floors, peaks);
    }

    private static Rule[][] byScale() {
        return Arrays.stream(SCALES)
                .map(scale ->
                        Rules.ALL.stream().filter(rule -> rule.scale() == scale).toArray(Rule[]::new))
                .toArray(Rule[][]::new);
    }

    /// Closes the windows that ended before `at`, asks their rules, and takes the sample in.
    ///
    /// @param at seconds, never less than the time before
    /// @param limit NaN where there is none
    /// @param room what others leave of the limit
    void add(double at, Row row, double limit, double room) {
        proof = null;
        suspicion = null;
        for (Channel channel : CHANNELS) {
            sample[channel.ordinal()] = channel.read(row);
        }
        look.at(row, limit, room);
        for (Scale scale : SCALES) {
            closed[scale.ordinal()] = floors(scale).advance(at, above[scale.ordinal()]);
        }
        for (Scale scale : SCALES) {
            if (closed[scale.ordinal()]) {
                ask(scale, at);
            }
        }
        floors(Scale.M1).add(sample, 1);
        peaks.add(at, sample);
    }

    private void ask(Scale scale, double at) {
        for (Rule rule : RULES[scale.ordinal()]) {
            if (proof == null && rule.holds(look, 1)) {
                proof = evidence(rule, at);
            } else if (suspicion == null && rule.holds(look, SUSPICION)) {
                suspicion = evidence(rule, at);
            }
        }
    }

    private Evidence evidence(Rule rule, double at) {
        return new Evidence(rule, at, look.run.first(), look.run.last());
    }

    /// Forgets what is under way and keeps what was normal: after a jump of the clock.
    void restart() {
        for (Floors each : floors) {
            each.restart();
        }
    }

    /// What convicts at the latest sample.
    @Nullable
    Evidence proof() {
        return proof;
    }

    /// What makes suspicious at the latest sample.
    @Nullable
    Evidence suspicion() {
        return suspicion;
    }

    /// Whether a window of that scale closed at the latest sample.
    boolean closed(Scale scale) {
        return closed[scale.ordinal()];
    }

    Floors floors(Scale scale) {
        return floors[scale.ordinal()];
    }

    Peaks peaks() {
        return peaks;
    }
}
