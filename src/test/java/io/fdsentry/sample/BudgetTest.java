package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = 10 * SECOND;
    /// A tenth: one second a round, four saved at most.
    private static final double SHARE = 0.1;

    private long cpu;
    private long now;
    private final Budget budget = new Budget(() -> cpu);

    @Test
    void theFirstRoundTakesWhatItNeeds() {
        begin();
        assertTrue(budget.take(1000 * SECOND));
        assertTrue(budget.take(Long.MAX_VALUE / 2));
    }

    @Test
    void laterRoundsShareWhatThereIs() {
        round(4 * SECOND);
        begin();
        assertTrue(budget.take(SECOND / 2));
        assertTrue(budget.take(SECOND / 2));
        assertFalse(budget.take(1));
        assertTrue(budget.take(0), "what costs nothing is always done");
    }

    @Test
    void whatIsNotUsedIsSavedForFourRounds() {
        for (int i = 0; i < 50; i++) {
            round(0);
        }
        begin();
        assertTrue(budget.take(4 * SECOND));
        assertFalse(budget.take(1));
    }

    @Test
    void aDebtIsPaidBeforeAnythingIsBought() {
        round(7 * SECOND);
        for (int i = 0; i < 3; i++) {
            begin();
            assertFalse(budget.take(1), "round " + i);
            budget.end();
        }
        begin();
        assertTrue(budget.take(SECOND / 2));
    }

    @Test
    void whatTakesMoreThanCanBeSavedIsDoneOnceAllOfItIs() {
        round(4 * SECOND);
        for (int i = 0; i < 3; i++) {
            begin();
            assertFalse(budget.take(60 * SECOND), "round " + i);
            budget.end();
        }
        begin();
        assertTrue(budget.take(60 * SECOND));
        assertFalse(budget.take(60 * SECOND), "one at a time");
    }

    @Test
    void everythingHasItsTurnAlsoWhereNoDebtIsEverPaid() {
        round(60 * SECOND);
        for (int turn = 0; turn < 3; turn++) {
            for (int i = 0; i < 10; i++) {
                begin();
                assertFalse(budget.take(1), "round " + i);
                assertTrue(budget.take(0), "what costs nothing is always done");
                cpu += 3 * SECOND;
                budget.end();
            }
            begin();
            assertTrue(budget.take(60 * SECOND));
            assertTrue(budget.take(60 * SECOND));
            cpu += 120 * SECOND;
            budget.end();
        }
    }

    private void round(long used) {
        begin();
        cpu += used;
        budget.end();
    }

    private void begin() {
        now += INTERVAL;
        budget.begin(now, INTERVAL, SHARE);
    }
}
