package io.fdsentry.detect.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final double PAGE_BEFORE = 100;

    private double now;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing is nothing                     | near far               | none none
        suspicion, then proof                  | suspect convict        | suspected confirmed
        proof at once                          | convict                | confirmed
        suspicion does not weaken a conviction | convict suspect        | confirmed confirmed
        suspicion alone is never urgent        | suspect near           | suspected suspected
        the limit makes it urgent              | convict near           | confirmed urgent
        urgency has hysteresis                 | convict near edge far  | confirmed urgent urgent urgent
        urgency ends when the limit stays far  | near convict near far-long far | none confirmed urgent urgent confirmed
        a pause is no end of urgency           | convict near far-long near far | confirmed urgent urgent urgent urgent
        it is over                             | convict near acquit    | confirmed urgent none
        and may begin again                    | convict acquit suspect | confirmed none suspected
        proof again changes nothing            | convict near convict   | confirmed urgent urgent
        no limit is never near                 | convict unlimited      | confirmed confirmed
        """)
    void theVerdictFollowsItsTable(String name, String events, String states) {
        Judge judge = new Judge();
        now = 0;
        List<String> seen = new ArrayList<>();
        for (String event : events.split(" ")) {
            happen(judge, event);
            seen.add(judge.state().label());
        }
        assertEquals(List.of(states.split(" ")), seen);
    }

    private void happen(Judge judge, String event) {
        now++;
        switch (event) {
            case "suspect" -> judge.suspect();
            case "convict" -> judge.convict();
            case "acquit" -> judge.acquit();
            case "near" -> judge.weigh(now, PAGE_BEFORE - 1, PAGE_BEFORE);
            case "edge" -> judge.weigh(now, PAGE_BEFORE * Judge.FAR, PAGE_BEFORE);
            case "far" -> judge.weigh(now, PAGE_BEFORE * Judge.FAR + 1, PAGE_BEFORE);
            case "far-long" -> {
                judge.weigh(now, PAGE_BEFORE * Judge.FAR + 1, PAGE_BEFORE);
                now += PAGE_BEFORE;
            }
            case "unlimited" -> judge.weigh(now, Double.NaN, PAGE_BEFORE);
            default -> throw new IllegalArgumentException(event);
        }
    }
}
