package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapTidyTest {
    private static final long START = Long.MAX_VALUE - 5;

    @Test
    void itComesOnceAfterTheStartAndThenEveryTenMinutes() {
        List<Long> seconds = new ArrayList<>();
        long[] now = {START};
        HeapTidy tidy = new HeapTidy(START, () -> seconds.add(TimeUnit.NANOSECONDS.toSeconds(now[0] - START)));
        for (int second = 0; second <= 1300; second += 2) {
            now[0] = START + TimeUnit.SECONDS.toNanos(second);
            tidy.poll(now[0]);
        }
        assertEquals(List.of(20L, 620L, 1220L), seconds);
    }
}
