package io.fdsentry.evidence;

import io.fdsentry.config.Config;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes records on a thread of its own: looks deeper, packs, hands on to the push, stores; now and then tries
/// again to write what could not be written.
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final int MOST_WAITING = 64;
    private static final int MOST_FDS = 500;
    private static final int MOST_DUMP = 200_000;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(15);

    /// Percent of the time at the end that a disk which hangs may take from the push.
    private static final int SHARE_OF_DISK = 60;

    private final EvidenceStore store;
    private final DeepLook look;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<ProcessId, Looked> looks = new HashMap<>();
    private final Thread thread;
    private long dropped;
    private volatile Set<String> standing = Set.of();
    private volatile Set<ProcessId> suspects = Set.of();
    private volatile boolean closing;

    /// Guards `looking`: only a look may be interrupted. An interrupt that came later would close the file that is
    /// being written.
    private final Object lookLock = new Object();

    private boolean looking;
    private volatile @Nullable Pusher pusher;

    Keeper(EvidenceStore store, DeepLook look, Config.Evidence config) {
        this.store = store;
        this.look = look;
        thread = Thread.ofPlatform().name("fdsentry-evidence").daemon().unstarted(this::run);
        configure(config);
    }

    void start() {
        thread.start();
    }

    private interface Job {
        void run();
    }

    /// What the last deep look at a process showed.
    private record Looked(Sampled<FdDetail> fds, String dump) {}

    /// @param ids the newest record of each suspected process, which no bound takes away
    void standing(Set<String> ids, Set<ProcessId> processes) {
        standing = ids;
        suspects = processes;
    }

    void keep(EvidenceRecord evidence) {
        submit(() -> finish(evidence), evidence.id());
    }

    void configure(Config.Evidence config) {
        submit(() -> reconfigure(config), "");
    }

    private void submit(Job job, String id) {
        if (!queue.offer(job)) {
            if (dropped == 0) {
                LOG.atWarn().addKeyValue("evidence", id).log("evidence dropped: too many records wait to be written");
            }
            dropped++;
        } else if (dropped > 0 && queue.size() == 1) {
            LOG.atInfo().addKeyValue("dropped", dropped).log("evidence is kept again");
            dropped = 0;
        }
    }

    private void run() {
        while (!closing || !queue.isEmpty()) {
            try {
                Job job = queue.poll(closing ? 0 : TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (job != null) {
                    job.run();
                } else {
                    store.writeOut(standing);
                }
            } catch (InterruptedException e) {
                // closing: what is queued is still finished
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("evidence could not be made");
            }
        }
    }

    private void finish(EvidenceRecord evidence) {
        Looked looked = looked(evidence);
        EvidenceRecord whole = evidence.with(looked.fds(), looked.dump());
        byte[] json = Packed.json(whole);
        Pusher push = pusher;
        if (push != null) {
            push.push(whole.id(), json);
        }
        store.put(whole.id(), Packed.pack(json), standing);
    }

    /// A process that has ended is shown as it was last looked at.
    private Looked looked(EvidenceRecord evidence) {
        ProcessId id = evidence.process().id();
        looks.keySet().removeIf(other -> !suspects.contains(other) && !other.equals(id));
        Looked last = looks.getOrDefault(id, new Looked(Sampled.none(), ""));
        if (evidence.occasion() == Occasion.ENDED || !beginLook()) {
            return last;
        }
        Looked now = lookAt(id, last);
        looks.put(id, now);
        return now;
    }

    private Looked lookAt(ProcessId id, Looked last) {
        try {
            Sampled<FdDetail> fds = look.fds(id, MOST_FDS);
            String dump = cut(look.goroutines(id));
            return new Looked(fds.of() > 0 ? fds : last.fds(), dump.isEmpty() ? last.dump() : dump);
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).addKeyValue("pid", id.pid()).log("no deeper look for evidence");
            return last;
        } finally {
            endLook();
        }
    }

    private boolean beginLook() {
        synchronized (lookLock) {
            looking = !closing;
            return looking;
        }
    }

    private void endLook() {
        synchronized (lookLock) {
            looking = false;
            Thread.interrupted();
        }
    }

    private void noMoreLooks() {
        synchronized (lookLock) {
            closing = true;
            if (looking) {
                thread.interrupt();
            }
        }
    }

    private static String cut(String dump) {
        return dump.length() <= MOST_DUMP
                ? dump
                : "%s%n[cut: %,d of %,d characters]%n"
                        .formatted(dump.substring(0, MOST_DUMP), MOST_DUMP, dump.length());
    }

    private void reconfigure(Config.Evidence config) {
        store.configure(config);
        store.writeOut(standing);
        Pusher old = pusher;
        if (old != null && !old.base().equals(config.pushUrl())) {
            close(old, Duration.ofSeconds(1));
            pusher = null;
        }
        if (pusher == null && config.pushUrl() != null) {
            pusher = new Pusher(config.pushUrl());
        }
    }

    /// Finishes what waits and ends, at the latest after a time.
    void close(Duration within) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        long deadline = System.nanoTime() + within.toNanos();
        noMoreLooks();
        queue.offer(() -> {});
        Pusher push = pusher;
        if (push != null) {
            push.hurry(within);
        }
        try {
            thread.join(within.multipliedBy(SHARE_OF_DISK).dividedBy(100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (push != null) {
            close(push, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        if (thread.isAlive() || !queue.isEmpty()) {
            LOG.atWarn().log("not all evidence could be written before the end");
        }
    }

    private static void close(Pusher pusher, Duration within) {
        try {
            if (!pusher.close(within)) {
                LOG.atWarn().log("not all evidence could be pushed before the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
