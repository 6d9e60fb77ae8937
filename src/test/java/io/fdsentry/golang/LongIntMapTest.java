package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
    @Test
    void isAMap() {
        LongIntMap map = new LongIntMap();
        Map<Long, Integer> truth = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong() << random.nextInt(48);
            if (key != 0) {
                map.put(key, i);
                truth.put(key, i);
            }
        }
        truth.forEach((key, value) -> assertEquals(value, map.get(key)));
        assertEquals(truth.size(), map.size());
        assertEquals(LongIntMap.ABSENT, map.get(0));
        assertEquals(LongIntMap.ABSENT, map.get(12345));
    }
}
