package io.fdsentry.detect.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloorsTest {
    private final Floors minutes = new Floors(Scale.M1);
    private final Floors fives = new Floors(Scale.M5);

    @Test
    void aWindowKeepsTheLowestOfItsSamples() {
        feed(0, 9, 4, 7, 6);
        assertTrue(advance(60));
        assertEquals(4, minutes.at(Channel.VALUE, 0));
        assertEquals(1, minutes.size());
        assertEquals(60, minutes.end());
    }

    @Test
    void theMostUnusedIsTheHighestOfAWindow() {
        for (int i = 0; i < 4; i++) {
            advance(i * 15);
            float[] sample = unknown();
            sample[Channel.MOST_UNUSED_10M.ordinal()] = i == 2 ? 40 : 0;
            minutes.add(sample, 1);
        }
        advance(60);
        assertEquals(40, minutes.at(Channel.MOST_UNUSED_10M, 0));
    }

    @Test
    void whatWasNeverKnownIsUnknown() {
        feed(0, 1, 1, 1);
        advance(60);
        assertTrue(Float.isNaN(minutes.at(Channel.KEPT_1H, 0)));
        assertTrue(Float.isNaN(minutes.at(Channel.VALUE, 1)));
    }

    @Test
    void oneUnknownSampleMakesTheWindowUnknown() {
        feed(0, 5, Float.NaN, 5);
        advance(60);
        feed(60, 5, 5, 5);
        advance(120);
        assertEquals(5, minutes.at(Channel.VALUE, 0));
        assertTrue(Float.isNaN(minutes.at(Channel.VALUE, 1)));
    }

    @Test
    void aWindowOfTwoSamplesIsNoFloorAndBreaksTheRun() {
        feed(0, 1, 1, 1);
        feed(60, 2, 2);
        advance(120);
        assertEquals(0, minutes.size());
    }

    @Test
    void aMissingWindowBreaksTheRun() {
        feed(0, 1, 1, 1);
        feed(60, 2, 2, 2);
        assertFalse(advance(180));
        assertEquals(0, minutes.size());
        feed(180, 3, 3, 3);
        assertTrue(advance(240));
        assertEquals(1, minutes.size());
    }

    @Test
    void aLargerWindowIsMadeOfTheSmallerOnes() {
        fives.advance(0, new Floors[0]);
        for (int minute = 0; minute < 5; minute++) {
            feed(minute * 60, 20 - minute, 30, 30);
        }
        advance(300);
        assertTrue(fives.advance(300, new Floors[0]));
        assertEquals(16, fives.at(Channel.VALUE, 0));
    }

    @Test
    void onlyAsManyFloorsAreKeptAsTheScaleIsDeep() {
        for (int minute = 0; minute < 30; minute++) {
            feed(minute * 60, minute, minute, minute);
        }
        advance(30 * 60);
        assertEquals(Scale.M1.depth, minutes.size());
        assertEquals(29, minutes.at(Channel.VALUE, 0));
        assertEquals(20, minutes.at(Channel.VALUE, 9));
        assertEquals(9, minutes.rise(Channel.VALUE, 10));
    }

    private void feed(double from, float... values) {
        for (int i = 0; i < values.length; i++) {
            advance(from + i * 15);
            float[] sample = unknown();
            sample[Channel.VALUE.ordinal()] = values[i];
            minutes.add(sample, 1);
        }
    }

    private boolean advance(double at) {
        return minutes.advance(at, new Floors[] {fives});
    }

    private static float[] unknown() {
        float[] sample = new float[Channel.values().length];
        Arrays.fill(sample, Float.NaN);
        return sample;
    }
}
