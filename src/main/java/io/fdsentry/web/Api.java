package io.fdsentry.web;

import static io.fdsentry.web.Access.PERSON;
import static io.fdsentry.web.Route.Weight.HEAVY;

import io.fdsentry.json.CourseShape;
import io.fdsentry.json.Shape;
import io.fdsentry.model.Board;
import io.fdsentry.model.Course;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.web.history.History;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/...`: the last round, what led to it, and the kept evidence as JSON.
final class Api {
    private static final String PROCESSES = "/api/v1/processes";
    private static final String HISTORY = "/api/v1/history";
    private static final String HISTORY_OF_ONE = "/history";
    private static final String FINDINGS = "/api/v1/findings";
    private static final String EVIDENCE = "/api/v1/evidence";
    /// Given, since a writer made on a virtual thread otherwise begins small and is copied at each write.
    private static final int BUFFER = 8192;
    /// As many as a line in a row of the page has room for.
    private static final int POINTS_AT_A_GLANCE = 60;

    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

    /// Writes a JSON document.
    private interface Document {
        void write(Writer out) throws IOException;
    }

    /// Writes the JSON document of a round.
    private interface RoundDocument {
        void write(Board board, Writer out) throws IOException;
    }

    /// Answers what is asked of one process.
    private interface ProcessAnswer {
        void of(Board board, ProcessSample process) throws IOException;
    }

    private final Supplier<@Nullable Board> board;
    private final History history;
    private final Evidence evidence;

    Api(Supplier<@Nullable Board> board, History history, Evidence evidence) {
        this.board = board;
        this.history = history;
        this.evidence = evidence;
    }

    /// What a path under `/api/v1` answers; null where nothing does.
    @Nullable
    Route route(String path) {
        return switch (path) {
            case PROCESSES -> get(exchange -> ofRound(exchange, Shape::processes));
            case FINDINGS -> get(exchange -> ofRound(exchange, Shape::findings));
            case HISTORY -> get(exchange -> ofRound(exchange, (_, out) -> fdsOverTime(out)));
            case EVIDENCE -> get(exchange -> json(exchange, evidence::list));
            default -> one(path);
        };
    }

    private @Nullable Route one(String path) {
        String pid = below(PROCESSES, path, PID);
        if (pid != null) {
            return get(exchange -> process(exchange, Long.parseLong(pid)));
        }
        if (path.endsWith(HISTORY_OF_ONE)) {
            String of = below(PROCESSES, path.substring(0, path.length() - HISTORY_OF_ONE.length()), PID);
            return of == null ? null : get(exchange -> overTime(exchange, Long.parseLong(of)));
        }
        String id = below(EVIDENCE, path, ID);
        return id == null ? null : get(exchange -> evidence(exchange, id));
    }

    private static @Nullable String below(String folder, String path, Pattern name) {
        if (!path.startsWith(folder + "/")) {
            return null;
        }
        String rest = path.substring(folder.length() + 1);
        return name.matcher(rest).matches() ? rest : null;
    }

    private static Route get(Route.Handler handler) {
        return Route.get(PERSON, HEAVY, handler);
    }

    private void ofRound(Exchange exchange, RoundDocument document) throws IOException {
        Board last = board.get();
        if (last == null) {
            notYet(exchange);
        } else if (!isKnown(exchange, last)) {
            json(exchange, out -> document.write(last, out));
        }
    }

    private void process(Exchange exchange, long pid) throws IOException {
        ofProcess(exchange, pid, (last, process) -> json(exchange, out -> Shape.process(last, process, out)));
    }

    private void overTime(Exchange exchange, long pid) throws IOException {
        ofProcess(exchange, pid, (_, process) -> {
            Course course = history.of(process.id());
            json(exchange, out -> CourseShape.one(course, history.bounds(), out));
        });
    }

    private void fdsOverTime(Writer out) throws IOException {
        CourseShape.fds(history.all(POINTS_AT_A_GLANCE), history.bounds(), out);
    }

    /// Answers of one process, where there is such a one and the client does not have this round already.
    private void ofProcess(Exchange exchange, long pid, ProcessAnswer answer) throws IOException {
        Board last = board.get();
        if (last == null) {
            notYet(exchange);
            return;
        }
        for (ProcessSample process : last.snapshot().processes()) {
            if (process.id().pid() == pid) {
                if (!isKnown(exchange, last)) {
                    answer.of(last, process);
                }
                return;
            }
        }
        exchange.text(404, "no watched process has the pid " + pid);
    }

    private void evidence(Exchange exchange, String id) throws IOException {
        StringWriter record = new StringWriter();
        if (evidence.write(id, record)) {
            exchange.whole(200, Exchange.JSON, record.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.text(404, "no evidence has the id " + id);
        }
    }

    private static void notYet(Exchange exchange) throws IOException {
        exchange.answerHeaders().set("Retry-After", "1");
        exchange.text(503, "the first round is not done yet");
    }

    /// Answers those who have this round already; a round has one entity tag, its time.
    private static boolean isKnown(Exchange exchange, Board board) throws IOException {
        String tag = "W/\"%x-%x\""
                .formatted(
                        board.snapshot().at().toEpochMilli(),
                        board.config().lastSuccess().toEpochMilli());
        exchange.answerHeaders().set("ETag", tag);
        exchange.answerHeaders().set("Cache-Control", "no-cache");
        if (tag.equals(exchange.header("If-None-Match"))) {
            exchange.notModified();
            return true;
        }
        return false;
    }

    private static void json(Exchange exchange, Document document) throws IOException {
        exchange.stream(Exchange.JSON, body -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), BUFFER);
            document.write(out);
            out.flush();
        });
    }
}
