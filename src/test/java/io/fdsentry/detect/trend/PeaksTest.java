package io.fdsentry.detect.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PeaksTest {
    private final Peaks peaks = new Peaks();

    @Test
    void aPeakIsKnownOnlyWithEnoughHoursBeforeTheMoment() {
        hours(0, 24, 100);
        assertTrue(Float.isNaN(before(23, 24)));
        assertEquals(100, before(23, 8));
        hours(24, 25, 7);
        assertEquals(100, before(24, 24));
    }

    @Test
    void hoursAfterTheMomentDoNotCount() {
        hours(0, 30, 10);
        hours(30, 33, 500);
        assertEquals(10, before(30, 24));
        assertEquals(500, before(32, 24));
    }

    @Test
    void theNinthDayIsForgotten() {
        hours(0, 1, 900);
        hours(1, 8 * 24, 10);
        hours(8 * 24, 8 * 24 + 1, 11);
        assertEquals(900, before(8 * 24, 24));
        hours(8 * 24 + 1, 8 * 24 + 2, 10);
        assertEquals(11, before(8 * 24 + 1, 24));
    }

    @Test
    void hoursWithoutASampleAreNotKnown() {
        hours(0, 20, 10);
        hours(60, 62, 10);
        assertTrue(Float.isNaN(before(61, 24)));
        hours(62, 70, 10);
        assertEquals(10, before(66, 24));
    }

    @Test
    void whatIsInheritedIsHistoryAtOnce() {
        peaks.inherit(Channel.VALUE, 250);
        hours(0, 2, 10);
        assertEquals(250, before(1, 24));
        assertTrue(Float.isNaN(peaks.before(Channel.STUCK, 3600, 24)));
    }

    @Test
    void whatIsInheritedIsForgottenLikeAnythingElse() {
        peaks.inherit(Channel.VALUE, 250);
        hours(0, 8 * 24, 10);
        assertEquals(250, before(8 * 24 - 1, 24));
        hours(8 * 24, 8 * 24 + 2, 10);
        assertEquals(10, before(8 * 24, 24));
    }

    @Test
    void theOldestDayHasToBeOldEnough() {
        hours(0, 24, 50);
        hours(24, 5 * 24, 80);
        assertEquals(50, peaks.ofOldestDay(Channel.VALUE, 5 * 24 * 3600, 4.5));
        assertTrue(Float.isNaN(peaks.ofOldestDay(Channel.VALUE, 4 * 24 * 3600, 4.5)));
        hours(5 * 24, 10 * 24, 90);
        assertEquals(80, peaks.ofOldestDay(Channel.VALUE, 10 * 24 * 3600, 4.5));
    }

    private float before(int hour, int hours) {
        return peaks.before(Channel.VALUE, hour * 3600.0, hours);
    }

    private void hours(int from, int to, float value) {
        for (int hour = from; hour < to; hour++) {
            float[] sample = new float[Channel.values().length];
            Arrays.fill(sample, Float.NaN);
            sample[Channel.VALUE.ordinal()] = value;
            peaks.add(hour * 3600.0, sample);
            sample[Channel.VALUE.ordinal()] = value / 2;
            peaks.add(hour * 3600.0 + 1800, sample);
        }
    }
}
