package io.fdsentry.detect.trend;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The memory of one series, and what its rules make of it. Constant in size: some floors and hourly peaks a channel,
/// only for channels that were ever known.
final class Trend {
    /// How much less is enough to suspect.
    static final double SUSPICION = 3;

    private static final Channel[] CHANNELS = Channel.values();
    private static final Scale[] SCALES = Scale.values();
    private static final Map<Scale, List<Rule>> RULES = byScale();

    private final Map<Scale, Floors> floors = new EnumMap<>(Scale.class);
    private final List<List<Floors>> above = new ArrayList<>();
    private final Peaks peaks = new Peaks();
    private final float[] sample = new float[CHANNELS.length];
    private final boolean[] closed = new boolean[SCALES.length];
    private final Look look;
    private @Nullable Evidence proof;
    private @Nullable Evidence suspicion;

    Trend() {
        for (Scale scale : SCALES) {
            floors.put(scale, new Floors(scale));
        }
        for (Scale scale : SCALES) {
            above.add(floors.values().stream()
                    .filter(other -> other.scale.below == scale)
                    .toList());
        }
        look = new Look(floors, peaks);
    }

    private static Map<Scale, List<Rule>> byScale() {
        Map<Scale, List<Rule>> rules = new EnumMap<>(Scale.class);
        for (Scale scale : SCALES) {
            rules.put(
                    scale,
                    Rules.ALL.stream().filter(rule -> rule.scale() == scale).toList());
        }
        return rules;
    }

    /// Closes the windows that ended before `at`, asks their rules, and takes the sample in.
    ///
    /// @param at seconds, never less than the time before
    /// @param limit NaN where there is none
    void add(double at, Row row, double limit) {
        proof = null;
        suspicion = null;
        for (Channel channel : CHANNELS) {
            sample[channel.ordinal()] = channel.read(row);
        }
        look.at(row.get(Column.VALUE), limit);
        for (Scale scale : SCALES) {
            closed[scale.ordinal()] = floors(scale).advance(at, above.get(scale.ordinal()));
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
        for (Rule rule : RULES.get(scale)) {
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
        floors.values().forEach(Floors::restart);
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
        return java.util.Objects.requireNonNull(floors.get(scale));
    }

    Peaks peaks() {
        return peaks;
    }
}
