package io.fdsentry.detect.trend;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a straight line          | 10 20 30 40 50       | 40 | 0.25 | 0   | 0 | 1
        one step                 | 10 10 50 50 50       | 40 | 1    | 0   | 3 | 0
        a warm-up                | 10 40 55 62 65       | 55 | 0.55 | 0   | 0 | 0.22
        a late start             | 10 10 10 30 50       | 40 | 0.5  | 0   | 2 | Infinity
        a dip                    | 10 20 15 35 50       | 40 | 0.5  | 0.5 | 1 | 7
        """)
    void theShapeOfARunIsSeen(
            String name, String floors, float rise, float steepest, float fall, int level, float half) {
        Run run = run(floors);
        assertAll(
                () -> assertEquals(rise, run.rise(), 1e-3),
                () -> assertEquals(steepest, run.steepest(), .01),
                () -> assertEquals(fall, run.deepestFall(), .01),
                () -> assertEquals(level, run.level()),
                () -> assertEquals(half, run.secondHalf(), .04));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one step                          | 0 0 360 360 360 360       | 1
        two dawns                         | 0 360 360 360 720 720     | 2
        two dawns, the second in two      | 0 360 360 400 720 720     | 2
        a step and its ramp are one climb | 0 100 200 360 360 360     | 1
        a small one does not count        | 0 360 360 400 400 400     | 1
        it came back once                 | 0 360 100 360 720 720     | 0
        the last climb is still on        | 0 360 360 360 360 720     | 2
        """)
    void climbsAreCountedWhenNothingCameBack(String name, String floors, int climbs) {
        assertEquals(climbs, run(floors).climbs(.15f));
    }

    @Test
    void aRunNeedsAllItsFloors() {
        assertFalse(new Run().read(floors("1 2 3"), Channel.VALUE, 4));
        assertFalse(new Run().read(floors("1 2 3"), Channel.KEPT_1H, 3));
    }

    private static Run run(String values) {
        Run run = new Run();
        run.read(floors(values), Channel.VALUE, values.split(" ").length);
        return run;
    }

    private static Floors floors(String values) {
        Floors floors = new Floors(Scale.M1);
        double at = 0;
        for (String value : values.split(" ")) {
            float[] sample = new float[Channel.values().length];
            Arrays.fill(sample, Float.NaN);
            sample[Channel.VALUE.ordinal()] = Float.parseFloat(value);
            floors.advance(at, new Floors[0]);
            floors.add(sample, Floors.LEAST_SAMPLES);
            at += 60;
        }
        floors.advance(at, new Floors[0]);
        return floors;
    }
}
