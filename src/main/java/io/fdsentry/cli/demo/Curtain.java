package io.fdsentry.cli.demo;

import io.fdsentry.Signals;
import java.io.IOException;

/// When the programs of the demo end: with the one that started them, also where that is killed. They read their
/// standard input, which ends then.
final class Curtain {
    private Curtain() {}

    /// Waits for the end.
    static void awaitFall() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said
            }
        } catch (IOException e) {
            // as good as its end
        }
    }

    /// Ctrl-C reaches every program of a terminal's job: the one that started us sees to the end.
    static void leaveInterruptToTheStarter() {
        Signals.ignoreInterrupt();
    }
}
