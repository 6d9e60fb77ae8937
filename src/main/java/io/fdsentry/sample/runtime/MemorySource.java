package io.fdsentry.sample.runtime;

import io.fdsentry.golang.NativeGoroutines;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.ProcFs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The goroutines of one process by its memory: the count each round, and where they wait now and then.
final class MemorySource {
    private static final Logger LOG = LoggerFactory.getLogger(MemorySource.class);

    /// Rounds after which the places are looked at in any case, and until a process that could not be read is tried
    /// again.
    private static final int WALK_EVERY = 4;

    private static final int ATTACH_EVERY = 20;

    /// The first walks see who is there and who stays.
    private static final int FIRST_WALKS = 2;

    private static final int MOST_FAILED_WALKS = 3;

    /// What a walk may cost for each goroutine, before one was made.
    private static final long NANOS_EACH = 2_000;

    /// By so much a count has to grow before the places are looked at early.
    private static final int GROWTH_DIVISOR = 20;

    private final ProcFs procfs;
    private final ProcessId process;
    private final String target;
    /// The thread of the rounds and the one that makes evidence must not read at once.
    private final ReentrantLock lock = new ReentrantLock();
    private Outcome<NativeGoroutines> attached = Outcome.gone();
    private int nextAttach;
    private boolean told;
    private int walks;
    private int walkRound;
    private long walkCost;
    private int countAtWalk;
    private Outcome<Goroutines> walked = Outcome.gone();
    private @Nullable Goroutines last;
    private int failedWalks;
    private long heapBytes;

    MemorySource(ProcFs procfs, ProcessId process, String target) {
        this.procfs = procfs;
        this.process = process;
        this.target = target;
    }

    /// While evidence is being made of it, what the last round saw.
    ///
    /// @param suspected whether it is worth a closer look
    Outcome<Goroutines> read(Round round, Duration blockedAfter, boolean suspected) {
        if (!lock.tryLock()) {
            return last == null ? Outcome.gone() : Outcome.seen(last);
        }
        try {
            Outcome<Goroutines> read = attach(round).flatMap(go -> look(go, round, blockedAfter, suspected));
            if (read instanceof Outcome.Gone) {
                forget();
            } else if (attached.isSeen() && (read instanceof Outcome.Failed || failedWalks >= MOST_FAILED_WALKS)) {
                distrust(read.isSeen() ? walked : read, round);
            }
            last = read.orNull();
            return read;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets all that was learnt: the process may run another program.
    void forget() {
        attached = Outcome.gone();
        nextAttach = 0;
        walks = 0;
        walkCost = 0;
        walked = Outcome.gone();
        failedWalks = 0;
        heapBytes = 0;
    }

    /// What once fitted and does not any more may be another program in the same place: it is attached to anew, later.
    private void distrust(Outcome<Goroutines> why, Round round) {
        forget();
        attached = why.flatMap(_ -> Outcome.gone());
        nextAttach = round.number() + ATTACH_EVERY;
    }

    /// As of the last walk.
    long heapBytes() {
        return heapBytes;
    }

    private Outcome<NativeGoroutines> attach(Round round) {
        if (!attached.isSeen() && round.number() >= nextAttach) {
            nextAttach = round.number() + ATTACH_EVERY;
            attached = NativeGoroutines.attach(procfs, process);
            if (attached.isSeen() && !told) {
                told = true;
                LOG.atInfo()
                        .addKeyValue("pid", process.pid())
                        .addKeyValue("target", target)
                        .log("goroutines are read from memory");
            }
        }
        return attached;
    }

    private Outcome<Goroutines> look(NativeGoroutines go, Round round, Duration blockedAfter, boolean suspected) {
        return go.count().flatMap(count -> {
            if (isDue(count, round, suspected) && round.budget().test(cost(count))) {
                walk(go, round, blockedAfter, count);
            }
            return walked instanceof Outcome.Gone<Goroutines> && walks > 0 ? Outcome.gone() : Outcome.seen(with(count));
        });
    }

    private boolean isDue(int count, Round round, boolean suspected) {
        int rounds = round.number() - walkRound;
        return walks < FIRST_WALKS
                || rounds >= WALK_EVERY
                || suspected
                || count - countAtWalk > Math.max(1, countAtWalk / GROWTH_DIVISOR);
    }

    private long cost(int count) {
        return walkCost == 0 ? count * NANOS_EACH : walkCost;
    }

    private void walk(NativeGoroutines go, Round round, Duration blockedAfter, int count) {
        long before = round.cpu().getAsLong();
        walked = go.walk(blockedAfter, round.nanos(), round.room());
        failedWalks = walked instanceof Outcome.Failed ? failedWalks + 1 : 0;
        heapBytes = go.heapBytes();
        walkCost = round.cpu().getAsLong() - before;
        walkRound = round.number();
        countAtWalk = count;
        walks++;
    }

    /// The count of this round with the places of the last walk.
    private Goroutines with(int count) {
        Goroutines places = walked.orNull();
        return places == null
                ? new Goroutines(Goroutines.Source.NATIVE, count, Map.of(), List.of(), Duration.ZERO, notWalked())
                : new Goroutines(Goroutines.Source.NATIVE, count, places.blocked(), places.sites(), Duration.ZERO, "");
    }

    private String notWalked() {
        return walks == 0 ? "" : "places: " + Reasons.of(walked);
    }

    /// All stacks as text; waits for a round that is reading, and is empty where there is nothing to be read.
    String dump(int most) {
        lock.lock();
        try {
            String text = attached.flatMap(go -> go.dump(most)).orNull();
            return text == null ? "" : text;
        } finally {
            lock.unlock();
        }
    }
}
