package io.fdsentry.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.model.Board;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.testing.RandomBoards;
import io.fdsentry.testing.Scenario;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden.json");

    private static String processes(Board board) {
        StringWriter out = new StringWriter();
        Shape.processes(board, out);
        return out.toString();
    }

    private static JsonObject process(int pid) {
        Board board = Scenario.board();
        ProcessSample process = board.snapshot().processes().stream()
                .filter(p -> p.id().pid() == pid)
                .findFirst()
                .orElseThrow();
        StringWriter out = new StringWriter();
        Shape.process(board, process, out);
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    @Test
    void shapeIsAsReviewed() throws IOException {
        String now = new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(JsonParser.parseString(processes(Scenario.board())))
                + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, now);
        }
        assertEquals(Files.readString(GOLDEN), now);
    }

    @Test
    void unknownIsAbsentAndInfiniteIsNull() {
        JsonObject database = process(900);
        assertFalse(database.has("tcp"));
        assertFalse(database.getAsJsonObject("fds").has("kinds"));
        JsonObject sockets = database.getAsJsonObject("probes").getAsJsonObject("sockets");
        assertFalse(sockets.get("ok").getAsBoolean());
        assertEquals("permission", sockets.get("reason").getAsString());
        assertTrue(sockets.get("remedy").getAsString().contains("SYS_PTRACE"));
        JsonObject verdict = database.getAsJsonArray("verdicts").get(0).getAsJsonObject();
        assertTrue(verdict.get("seconds_to_limit").isJsonNull());
        assertFalse(verdict.has("growth_per_second"));
        assertTrue(process(33).getAsJsonObject("fds").get("hard").isJsonNull());
    }

    @Test
    void oneProcessCarriesItsSockets() {
        assertEquals(2, process(4242).getAsJsonArray("socket_list").size());
        assertFalse(process(33).has("socket_list"));
    }

    @Test
    void whatWasWrittenIsReadBackAsItWas() throws IOException {
        Board board = Scenario.board();
        Board back = Answer.read(new StringReader(processes(board)));
        assertEquals(board.snapshot().processes(), back.snapshot().processes());
        assertEquals(board.snapshot().targets(), back.snapshot().targets());
        assertEquals(board.findings(), back.findings());
        assertEquals(board.config(), back.config());
        board.verdicts()
                .forEach(
                        (id, verdicts) -> assertEquals(verdicts, back.verdicts().get(id)));
        StringWriter one = new StringWriter();
        Shape.process(board, board.snapshot().processes().getLast(), one);
        Board ruler = Answer.read(new StringReader(one.toString()));
        assertEquals(board.snapshot().details(), ruler.snapshot().details());
        assertEquals(
                List.of(board.snapshot().processes().getLast()),
                ruler.snapshot().processes());
    }

    @Test
    void whateverIsWrittenWritesTheSameWhenReadBack() throws IOException {
        RandomBoards boards = new RandomBoards(5);
        for (int i = 0; i < 50; i++) {
            String first = processes(boards.next());
            assertEquals(first, processes(Answer.read(new StringReader(first))));
        }
    }

    @Test
    void printedToATerminalItMovesNoCursor() {
        RandomBoards boards = new RandomBoards(6);
        for (int i = 0; i < 50; i++) {
            String json = processes(boards.next());
            assertTrue(json.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'), json);
        }
    }

    @Test
    void whatIsNoAnswerOfOursIsSaidToBeNone() {
        for (String other : List.of("", "[]", "{}", "{\"sampled_at\":\"now\"}", "<html>", "{\"items\":3}")) {
            assertThrows(IOException.class, () -> Answer.read(new StringReader(other)), other);
        }
    }
}
