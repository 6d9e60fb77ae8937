package io.fdsentry.detect.replay;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.detect.trend.Series;
import io.fdsentry.model.LeakState;
import java.io.BufferedReader;
import java.io.IOException;

/// A history through the detector.
///
/// @param kind what the values count
/// @param limit of it; NaN where there is none
/// @param interval seconds between values that come without a time
/// @param output what to print
public record Backtest(Kind kind, double limit, double interval, Output output) {
    /// What is printed of a history.
    public enum Output {
        /// A line `t suspected`, `t confirmed`, `t urgent` or `t cleared` whenever the detector changes its mind.
        CHANGES,
        /// The time of each sample at which it stands at confirmed or worse.
        PAGES
    }

    /// Runs over all lines up to the end of input.
    public void run(BufferedReader in, Appendable out) throws IOException, BadHistory {
        run(new History(in, "\0", interval), out);
    }

    void run(History history, Appendable out) throws IOException, BadHistory {
        DetectionConfig config = DetectionConfig.DEFAULTS;
        Series series = new Series(config.pageBefore().toSeconds(), config.timeScale());
        LeakState before = LeakState.NONE;
        while (history.next()) {
            kind.complete(history.row());
            series.add(history.seconds(), history.row(), limit);
            print(history.time(), before, series.state(), out);
            before = series.state();
        }
    }

    private void print(String time, LeakState before, LeakState now, Appendable out) throws IOException {
        switch (output) {
            case CHANGES -> {
                if (now != before) {
                    out.append(time).append(' ').append(word(now)).append('\n');
                }
            }
            case PAGES -> {
                if (now.compareTo(LeakState.CONFIRMED) >= 0) {
                    out.append(time).append('\n');
                }
            }
        }
    }

    private static String word(LeakState state) {
        return switch (state) {
            case NONE -> "cleared";
            case SUSPECTED, CONFIRMED, URGENT -> state.label();
        };
    }
}
