package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdsentry.model.Outcome;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private final Agreement agreement = new Agreement();

    @Test
    void aCountThatIsNeverThatOfThoseWhoAreThereIsNotBelieved() {
        for (int i = 0; i < 4; i++) {
            assertDoesNotThrow(agreement::check);
            agreement.compare(11, 140, 11, 2);
        }

        Unreadable refused = assertThrows(Unreadable.class, agreement::check);
        assertEquals(Outcome.failed("the runtime counts 11 goroutines, but 140 are there"), refused.outcome());
    }

    @Test
    void aProgramThatWorksIsSeenInTheMiddleOfIt() {
        for (int i = 0; i < 1000; i++) {
            agreement.compare(500 + i % 3, 50 + i % 5, 500 + i % 3, 2);
            agreement.compare(500, 60, 502, 2);
        }

        assertDoesNotThrow(agreement::check);
    }

    /// It was looked at between its last moment on a processor and the next.
    @Test
    void aProgramThatGetsNoProcessorIsBelieved() {
        for (int i = 0; i < 10; i++) {
            agreement.compare(1096, 1095, 1096, 2);
        }

        assertDoesNotThrow(agreement::check);
    }

    @Test
    void oneAgreementIsEnough() {
        for (int i = 0; i < 3; i++) {
            agreement.compare(11, 140, 11, 2);
        }
        agreement.compare(11, 12, 11, 2);
        for (int i = 0; i < 3; i++) {
            agreement.compare(11, 140, 11, 2);
        }

        assertDoesNotThrow(agreement::check);
    }
}
