/// From rounds to verdicts: history, trend, verdict, diagnosis. Pure: time is data, nothing here reads a clock, a
/// file or a socket, so that months can be played in seconds.
///
/// [Detector] judges live processes. Sub-rooms: [io.fdsentry.detect.trend] judges one series;
/// [io.fdsentry.detect.diagnosis] says why it rises; [io.fdsentry.detect.replay] feeds it with history from a
/// file.
@NullMarked
package io.fdsentry.detect;

import org.jspecify.annotations.NullMarked;
