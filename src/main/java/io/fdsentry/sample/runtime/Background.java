package io.fdsentry.sample.runtime;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few threads for what may take long, or for ever. There are none while nothing is asked of them. What does not
/// fit into the queue is asked again later.
final class Background implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 20;

    private final ThreadPoolExecutor threads;

    Background() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("fdsentry-ask-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// @return whether it will be done
    boolean submit(Runnable job) {
        try {
            threads.execute(job);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /// Ends what can be ended; the threads are no reason for the program to stay.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
