package io.fdsentry.detect;

import io.fdsentry.detect.diagnosis.Connections;
import io.fdsentry.detect.diagnosis.Diagnoses;
import io.fdsentry.detect.diagnosis.Explanation;
import io.fdsentry.detect.diagnosis.Figures;
import io.fdsentry.detect.diagnosis.Subject;
import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The findings of one process: one for each group of resources that can rise for one reason. A leaked connection
/// is a descriptor, a socket and a stale one; it is one finding, told of the resource that says most.
final class Findings {
    /// What says most first: the worst state, then a known cause, then what began first.
    static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::state)
            .reversed()
            .thenComparing(finding -> finding.cause() == Cause.UNKNOWN)
            .thenComparing(Finding::since)
            .thenComparing(Finding::id);

    private final Map<Group, Instant> since = new EnumMap<>(Group.class);

    /// What rises together.
    private enum Group {
        HANDLES,
        THREADS,
        GOROUTINES;

        static Group of(Resource resource) {
            return switch (resource) {
                case FDS, SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> HANDLES;
                case THREADS -> THREADS;
                case GOROUTINES -> GOROUTINES;
            };
        }
    }

    /// What a diagnosis has besides the round itself.
    interface Memory {
        /// The figures when the rise of a resource began.
        Figures before(Resource resource, Figures now);

        /// Whether nothing is suspected but that the last processes of the target all ended suspected.
        boolean isInherited(Resource resource);

        /// The connections of the process when they were last listed.
        @Nullable
        Connections connections();
    }

    /// Those that stand after a round.
    List<Finding> of(ProcessSample process, Instant at, List<Verdict> verdicts, Memory memory) {
        List<Finding> findings = new ArrayList<>();
        for (Group group : Group.values()) {
            Verdict worst = worst(group, verdicts);
            if (worst == null) {
                since.remove(group);
            } else {
                since.putIfAbsent(group, at);
                Finding finding = finding(group, process, at, paced(worst, group, verdicts), memory);
                if (memory.isInherited(finding.resource())
                        || findings.stream().noneMatch(other -> says(other, finding))) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    /// Whether another finding of the process, of a state as bad, tells of the same leak: it is told once.
    private static boolean says(Finding other, Finding finding) {
        return other.cause() != Cause.UNKNOWN
                && (other.cause() == finding.cause() || cameWith(other, finding))
                && other.state().compareTo(finding.state()) >= 0;
    }

    /// Threads or goroutines without a known cause came with handles: alone they would be a leak of their own. What
    /// has less room than the handles is told all the same.
    private static boolean cameWith(Finding handles, Finding finding) {
        return Group.of(handles.resource()) == Group.HANDLES
                && Group.of(finding.resource()) != Group.HANDLES
                && finding.cause() == Cause.UNKNOWN
                && left(finding) >= left(handles);
    }

    private static double left(Finding finding) {
        Double seconds = finding.secondsToLimit();
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }

    /// The worst state; of equal ones what is more special, such as CLOSE_WAIT rather than descriptors.
    private static @Nullable Verdict worst(Group group, List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> Group.of(verdict.resource()) == group && verdict.state() != LeakState.NONE)
                .max(Comparator.comparing(Verdict::state).thenComparing(verdict -> special(verdict.resource())))
                .orElse(null);
    }

    /// With the pace of another of its group while its own is not known yet: they rise together.
    private static Verdict paced(Verdict worst, Group group, List<Verdict> verdicts) {
        if (worst.growthPerSecond() != null) {
            return worst;
        }
        return verdicts.stream()
                .filter(verdict -> Group.of(verdict.resource()) == group && grows(verdict))
                .max(Comparator.comparingInt(verdict -> special(verdict.resource())))
                .map(verdict -> new Verdict(
                        worst.resource(), worst.state(), verdict.growthPerSecond(), verdict.secondsToLimit()))
                .orElse(worst);
    }

    private static boolean grows(Verdict verdict) {
        Double growth = verdict.growthPerSecond();
        return growth != null && growth > 0;
    }

    private static int special(Resource resource) {
        return switch (resource) {
            case FDS, THREADS, GOROUTINES -> 0;
            case SOCKETS -> 1;
            case STALE_SOCKETS -> 2;
            case CLOSED -> 3;
            case CLOSE_WAIT -> 4;
        };
    }

    private Finding finding(Group group, ProcessSample process, Instant at, Verdict verdict, Memory memory) {
        Figures now = Figures.of(process);
        Explanation explanation = memory.isInherited(verdict.resource())
                ? Diagnoses.ofTarget(verdict.resource(), NormalPeaks.LIVES)
                : Diagnoses.of(subject(process, at, verdict, now, memory));
        Instant began = since.getOrDefault(group, at);
        return new Finding(
                id(group, process, began),
                process.id(),
                process.target(),
                verdict.resource(),
                state(verdict.state(), explanation.cause()),
                explanation.cause(),
                explanation.role(),
                explanation.sentence(),
                explanation.peer(),
                "",
                explanation.site(),
                began,
                verdict.growthPerSecond(),
                verdict.secondsToLimit());
    }

    private static Subject subject(ProcessSample process, Instant at, Verdict verdict, Figures now, Memory memory) {
        Outcome<Goroutines> goroutines = process.goroutines();
        return new Subject(
                verdict,
                at,
                process.startTime(),
                now,
                memory.before(verdict.resource(), now),
                memory.connections(),
                goroutines == null ? null : goroutines.orNull(),
                Reading.total(verdict.resource(), process));
    }

    /// What is confirmed is urgent, however far the limit, while requests hang.
    private static LeakState state(LeakState state, Cause cause) {
        return state == LeakState.CONFIRMED && cause == Cause.DEADLOCKED_HANDLERS ? LeakState.URGENT : state;
    }

    /// The same while it stands, another when it comes again.
    private static String id(Group group, ProcessSample process, Instant since) {
        return "%d-%d-%s-%d"
                .formatted(
                        process.id().pid(),
                        process.id().startTicks(),
                        group.name().toLowerCase(Locale.ROOT),
                        since.getEpochSecond());
    }
}
