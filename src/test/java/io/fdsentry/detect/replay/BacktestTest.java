package io.fdsentry.detect.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.detect.replay.Backtest.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacktestTest {
    @Test
    void eachChangeOfMindIsALineWithTheTimeAsItWasWritten() throws Exception {
        StringBuilder text = new StringBuilder("# a pool, then a leak, then a restart\n");
        for (int t = 0; t < 3 * 86400; t += 30) {
            double leaked = t < 2 * 86400 ? 0 : Math.min((t - 2 * 86400) / 30.0, 2000);
            text.append(t)
                    .append(".0,")
                    .append(t > 2.9 * 86400 ? 1 : 1 + Math.rint(leaked))
                    .append('\n');
        }
        List<String> changes = changes(Kind.CLOSE_WAIT, text.toString());
        assertEquals(List.of("suspected", "confirmed", "cleared"), words(changes));
        assertTrue(changes.getFirst().matches("17\\d{4}\\.0 suspected"), changes.toString());
    }

    @Test
    void pagesAreTheTimesOfSamplesWhileItStands() throws Exception {
        StringWriter out = new StringWriter();
        new Backtest(Kind.CLOSE_WAIT, 4096, 15, Output.PAGES).run(reader(deadlock()), out);
        List<String> pages = out.toString().lines().toList();
        assertEquals(pages, pages.stream().distinct().toList());
        assertTrue(pages.size() > 20 && pages.size() < 120, pages.size() + " pages");
        assertEquals("174585", pages.getLast());
    }

    @Test
    void columnsAreTakenByTheirNamesAndOthersPassedOver() throws Exception {
        String plain = deadlock();
        String columns = "zone,close_wait,value,t_seconds\n"
                + plain.lines()
                        .map(line -> line.split(",", -1))
                        .map(field -> "eu,%s,%s,%s\n".formatted(field[1], field[1], field[0]))
                        .reduce("", String::concat);
        assertEquals(changes(Kind.CLOSE_WAIT, plain), changes(Kind.SOCKETS, columns));
    }

    @Test
    void anEmptyFieldIsUnknownAndNeverZero() throws Exception {
        String some = "t,value,close_wait\n"
                + deadlock().lines().map(line -> line + ",\n").reduce("", String::concat);
        assertEquals(changes(Kind.SOCKETS, deadlock()), changes(Kind.SOCKETS, some));
    }

    @Test
    void valuesWithoutTimesFollowEachOtherAtTheInterval() throws Exception {
        String values = deadlock()
                .lines()
                .map(line -> line.substring(line.indexOf(',') + 1) + "\n")
                .reduce("", String::concat);
        assertEquals(changes(Kind.CLOSE_WAIT, deadlock()), changes(Kind.CLOSE_WAIT, values));
    }

    @Test
    void numbersComeInAnyDecimalForm() throws Exception {
        String scientific = deadlock()
                .lines()
                .map(line -> line.split(",", -1))
                .map(field -> field[0] + "," + String.format(Locale.ROOT, "%e", Double.parseDouble(field[1])) + "\n")
                .reduce("", String::concat);
        assertEquals(changes(Kind.CLOSE_WAIT, deadlock()), changes(Kind.CLOSE_WAIT, scientific));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0,1;15,x       | line 2: not a number: x
        15,1;0,1       | line 2: time goes back from 15 to 0
        t,count;0,1    | line 1: the header names no column value
        """)
    void aLineThatCannotBeReadIsNamed(String text, String message) {
        BadHistory problem = assertThrows(BadHistory.class, () -> changes(Kind.FDS, text.replace(';', '\n')));
        assertEquals(message, problem.getMessage());
    }

    @Test
    void aBatchAnswersEachHistoryAsIfItWereAlone() throws Exception {
        String request = "begin close_wait 4096 15 changes\n" + deadlock() + "end\n";
        StringWriter out = new StringWriter();
        BatchProtocol.serve(
                reader(request + "begin close_wait 4096 15 changes\n0,1\n0,x\n15,1\nend\nbegin nothing\n1\nend\n"
                        + request),
                out);
        String alone = String.join("\n", changes(Kind.CLOSE_WAIT, deadlock())) + "\n";
        assertEquals(
                alone
                        + "end\n"
                        + "error: line 2: not a number: x\n"
                        + "end\n"
                        + "error: not a request: begin KIND LIMIT INTERVAL OUTPUT\n"
                        + "end\n"
                        + alone + "end\n",
                out.toString());
    }

    @Test
    void aKindIsFoundByItsLabelInAnyCase() {
        assertEquals(Kind.CLOSE_WAIT, Kind.of("Close_Wait").orElseThrow());
        assertTrue(Kind.of("handles").isEmpty());
        assertEquals(
                Kind.values().length, Arrays.stream(Kind.labels().split(", ")).count());
    }

    /// Two days of nothing, then half an hour of 60 a minute.
    private static String deadlock() {
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < 2 * 86400 + 1800; t += 15) {
            text.append(t).append(',').append(1 + Math.max(0, t - 2 * 86400)).append('\n');
        }
        return text.toString();
    }

    private static List<String> changes(Kind kind, String text) throws IOException, BadHistory {
        StringWriter out = new StringWriter();
        new Backtest(kind, 4096, 15, Output.CHANGES).run(reader(text), out);
        return out.toString().lines().toList();
    }

    private static List<String> words(List<String> changes) {
        return changes.stream().map(change -> change.split(" ")[1]).toList();
    }

    private static BufferedReader reader(String text) {
        return new BufferedReader(new StringReader(text));
    }
}
