package io.fdsentry.web.history;

import io.fdsentry.model.Course;
import io.fdsentry.model.CourseBounds;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the page draws over time: the counts of every watched process, so that growth can be seen without a
/// Prometheus. It has 8 MB, which all processes share equally: [#MOST_POINTS] points each as long as that is
/// enough for all. A process that is gone takes its history with it. Beyond what fits at [#LEAST_POINTS] each,
/// those with the highest numbers have none.
public final class History {
    /// All history together.
    static final long MOST_BYTES = 8L << 20;

    static final int MOST_POINTS = 1440;
    static final int LEAST_POINTS = 16;

    private final Map<ProcessId, Trail> trails = new HashMap<>();
    private final int[] row = new int[Columns.COUNT];
    private int points = MOST_POINTS;

    /// Takes in a round.
    public synchronized void add(Snapshot round) {
        List<ProcessSample> processes = round.processes();
        int kept = (int) Math.min(processes.size(), MOST_BYTES / ((long) LEAST_POINTS * Trail.POINT_BYTES));
        points = pointsOf(kept);
        Map<ProcessId, Trail> before = new HashMap<>(trails);
        trails.clear();
        int seconds = (int) round.at().getEpochSecond();
        for (ProcessSample process : processes.subList(0, kept)) {
            Trail trail = before.getOrDefault(process.id(), new Trail());
            Columns.fill(process, row);
            trail.add(seconds, row, points);
            trails.put(process.id(), trail);
        }
    }

    /// Everything known of one process.
    public synchronized Course of(ProcessId id) {
        return trails.getOrDefault(id, new Trail()).copy(id);
    }

    /// A little of every process.
    ///
    /// @param most points of each
    public synchronized List<Course> all(int most) {
        List<Course> courses = new ArrayList<>(trails.size());
        trails.forEach((id, trail) -> courses.add(trail.copy(id, most)));
        courses.sort((a, b) -> a.id().compareTo(b.id()));
        return courses;
    }

    public synchronized CourseBounds bounds() {
        long bytes = trails.values().stream().mapToLong(Trail::bytes).sum();
        return new CourseBounds(MOST_BYTES, bytes, points);
    }

    private static int pointsOf(int processes) {
        long each = MOST_BYTES / Trail.POINT_BYTES / Math.max(1, processes);
        return (int) Math.max(LEAST_POINTS, Math.min(MOST_POINTS, each));
    }
}
