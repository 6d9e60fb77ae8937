package io.fdsentry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// SIGHUP, SIGTERM and SIGINT as events of ours: unhandled, the first ends the JVM, and the others end it with
/// 143 and 130 ([signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html)).
///
/// A signal that comes before anyone listens is kept. Where the parent has a signal ignored, as `nohup` does with
/// SIGHUP, it stays ignored.
public final class Signals {
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Runnable onHangup;
    private boolean hungUp;

    /// Handles SIGHUP from now on.
    public void catchHangup() {
        handle("HUP", this::hangup);
    }

    /// Gives SIGHUP back its meaning: the end of a program whose terminal is gone.
    public void releaseHangup() {
        try {
            Signal.handle(new Signal("HUP"), SignalHandler.SIG_DFL);
        } catch (IllegalArgumentException e) {
            // the JVM was started with -Xrs: it never had another meaning
        }
    }

    /// Has Ctrl-C pass by.
    public static void ignoreInterrupt() {
        try {
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        } catch (IllegalArgumentException e) {
            // the JVM was started with -Xrs: the default stands
        }
    }

    /// Handles SIGTERM and SIGINT from now on, as requests to stop.
    public void catchStop() {
        handle("TERM", this::stop);
        handle("INT", this::stop);
    }

    /// Runs something at each SIGHUP, and at once for one that came before.
    public void onHangup(Runnable action) {
        boolean late;
        synchronized (this) {
            onHangup = action;
            late = hungUp;
            hungUp = false;
        }
        if (late) {
            action.run();
        }
    }

    /// Asks for the end, as SIGTERM does.
    public void stop() {
        stop.countDown();
    }

    /// Whether the end was asked for.
    public boolean isStopping() {
        return stop.getCount() == 0;
    }

    /// Waits until the end is asked for.
    ///
    /// @return whether it was, before the time was over
    public boolean awaitStop(long nanos) throws InterruptedException {
        return stop.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void hangup() {
        Runnable action;
        synchronized (this) {
            action = onHangup;
            hungUp = action == null;
        }
        if (action != null) {
            action.run();
        }
    }

    private static void handle(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), _ -> action.run());
        } catch (IllegalArgumentException e) {
            // unknown on this system, or the JVM was started with -Xrs: the default stands
        }
    }
}
