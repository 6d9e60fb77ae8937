package io.fdsentry.detect.trend;

import org.jspecify.annotations.Nullable;

/// The windows of which floors are kept. Leaks take anything from minutes to months to show, so there is a run of
/// about ten windows for every doubling of time between six minutes and five days; each scale is made of windows
/// of the one below, so that a sample costs one comparison a channel.
enum Scale {
    M1(60, 10, null),
    M2(120, 10, M1),
    M5(300, 10, M1),
    M15(900, 10, M5),
    M30(1800, 10, M15),
    M90(5400, 10, M30),
    H3(10800, 12, M90),
    H6(21600, 10, H3),
    /// A fortnight and a day: a week can be held against the week before.
    D1(86400, 15, H6);

    final double seconds;
    final int depth;
    final @Nullable Scale below;

    Scale(double seconds, int depth, @Nullable Scale below) {
        this.seconds = seconds;
        this.depth = depth;
        this.below = below;
    }
}
