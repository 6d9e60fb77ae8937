package io.fdsentry.detect;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.detect.diagnosis.Connections;
import io.fdsentry.detect.diagnosis.Figures;
import io.fdsentry.detect.trend.Series;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that is remembered of one process: a series for each resource, earlier figures, its connections when they
/// were last listed.
final class Suspect {
    /// A list of all connections costs; of many it is asked for only now and then.
    private static final int MANY = 5_000;

    private static final int SELDOM = 20;
    /// With so many stale sockets a verdict may be near, and without a list it could not say why: whoever is killed
    /// right after it would leave an unknown cause behind.
    private static final int A_FEW_STALE = 3;
    private static final double NANOS = 1e9;

    private final String target;
    private final DetectionConfig detection;
    private final NormalPeaks normal;
    private final Reading reading;
    private final Map<Resource, Series> series = new EnumMap<>(Resource.class);
    /// Of which the last processes of the target all ended suspected.
    private final Set<Resource> inherited = EnumSet.noneOf(Resource.class);
    private final Past past = new Past();
    private final Findings findings = new Findings();
    private List<Finding> standing = List.of();
    private @Nullable Connections connections;
    private double firstAt = Double.NaN;
    private double lastAge;
    private int roundsSinceList = SELDOM;
    private int sockets;
    private int stale;

    Suspect(String target, DetectionConfig detection, NormalPeaks normal) {
        this.target = target;
        this.detection = detection;
        this.normal = normal;
        this.reading = new Reading(detection);
        for (Resource resource : Resource.values()) {
            if (normal.isSuspect(resource)) {
                inherited.add(resource);
            }
        }
    }

    boolean isJudgedBy(String otherTarget, DetectionConfig other) {
        return target.equals(otherTarget) && detection.equals(other);
    }

    /// Takes a round in.
    List<Verdict> judge(ProcessSample process, Snapshot round) {
        double at = round.monotonicNanos() / NANOS;
        firstAt = Double.isNaN(firstAt) ? at : firstAt;
        reading.turn(process, at);
        List<Verdict> verdicts = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            Integer count = reading.count(resource);
            if (count != null) {
                add(resource, count, at);
            }
            Verdict verdict = verdict(resource, count);
            if (verdict != null) {
                verdicts.add(verdict);
            }
        }
        note(process, round, at);
        explain(process, round, at, verdicts);
        return standing.isEmpty()
                ? verdicts
                : verdicts.stream().map(this::asFound).toList();
    }

    /// A finding may know of more than the limit: that requests hang.
    private Verdict asFound(Verdict verdict) {
        boolean urgent = standing.stream()
                .anyMatch(found -> found.resource() == verdict.resource() && found.state() == LeakState.URGENT);
        return urgent ? verdict.as(LeakState.URGENT) : verdict;
    }

    private void add(Resource resource, int count, double at) {
        Series known = series.get(resource);
        if (known == null && (count > 0 || isAlwaysJudged(resource))) {
            known = begin(resource);
        }
        if (known != null) {
            known.add(at, reading.row(resource, count), reading.limit(resource), reading.others(resource, count));
            if (known.state() == LeakState.NONE && !inherited.contains(resource)) {
                normal.see(resource, count, at - firstAt);
            }
            weighTheTarget(resource, known.state(), at - firstAt);
        }
    }

    /// A day without suspicion, and what earlier processes did is past; own suspicion takes the place of theirs.
    private void weighTheTarget(Resource resource, LeakState state, double age) {
        lastAge = age;
        if (state != LeakState.NONE) {
            inherited.remove(resource);
        } else if (inherited.contains(resource) && age >= NormalPeaks.LEAST.toSeconds() / detection.timeScale()) {
            inherited.remove(resource);
            normal.wasWell(resource, age, detection.timeScale());
        }
    }

    /// The process has ended.
    void end() {
        series.forEach((resource, known) -> {
            if (known.state() != LeakState.NONE) {
                normal.endedSuspected(resource);
            } else if (!inherited.contains(resource)) {
                normal.wasWell(resource, lastAge, detection.timeScale());
            }
        });
    }

    /// Most processes never have a socket that is stuck: what was always zero needs no memory.
    private static boolean isAlwaysJudged(Resource resource) {
        return switch (resource) {
            case FDS, THREADS, GOROUTINES -> true;
            case SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> false;
        };
    }

    private Series begin(Resource resource) {
        Series begun = new Series(detection.pageBefore().toSeconds(), detection.timeScale());
        double peak = normal.of(resource, detection.timeScale());
        if (!Double.isNaN(peak)) {
            begun.inherit(peak);
        }
        series.put(resource, begun);
        return begun;
    }

    /// Null where nothing is known of the resource.
    private @Nullable Verdict verdict(Resource resource, @Nullable Integer count) {
        Series known = series.get(resource);
        if (known == null) {
            boolean limited = count != null && !Double.isNaN(reading.limit(resource));
            return count == null
                    ? null
                    : new Verdict(resource, LeakState.NONE, null, limited ? Double.POSITIVE_INFINITY : null);
        }
        LeakState state =
                known.state() == LeakState.NONE && inherited.contains(resource) ? LeakState.SUSPECTED : known.state();
        return new Verdict(resource, state, known(known.growthPerSecond()), known(known.secondsToLimit()));
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private void note(ProcessSample process, Snapshot round, double at) {
        Figures now = Figures.of(process);
        sockets = now.sockets() == null ? sockets : now.sockets();
        past.add(at, now);
        Integer seenStale = reading.count(Resource.STALE_SOCKETS);
        stale = seenStale == null ? stale : seenStale;
        roundsSinceList++;
        List<SocketDetail> listed = round.details().get(process.id());
        if (listed != null) {
            connections = Connections.of(round.at(), listed);
            roundsSinceList = 0;
        }
    }

    private void explain(ProcessSample process, Snapshot round, double at, List<Verdict> verdicts) {
        boolean calm = isCalm(verdicts);
        if (calm && !isVerdictNear()) {
            connections = null;
            roundsSinceList = SELDOM;
        }
        if (calm && standing.isEmpty()) {
            return;
        }
        standing = findings.of(process, round.at(), verdicts, new Findings.Memory() {
            @Override
            public Figures before(Resource resource, Figures now) {
                Series known = series.get(resource);
                double since = known == null ? at : known.since();
                return past.before(Double.isNaN(since) ? at : since, now);
            }

            @Override
            public boolean isInherited(Resource resource) {
                return inherited.contains(resource);
            }

            @Override
            public @Nullable Connections connections() {
                return connections;
            }
        });
    }

    private static boolean isCalm(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict.state() != LeakState.NONE) {
                return false;
            }
        }
        return true;
    }

    /// The diagnoses that stand after the round last taken in.
    List<Finding> findings() {
        return standing;
    }

    /// Whether a list of its connections would help.
    boolean wantsDetails() {
        boolean often = !standing.isEmpty() && sockets < MANY;
        boolean seldom = !standing.isEmpty() || isVerdictNear();
        return often || seldom && roundsSinceList >= SELDOM;
    }

    private boolean isVerdictNear() {
        return stale >= A_FEW_STALE && sockets < MANY;
    }
}
