package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Board;
import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.SocketDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Predicate;

/// Writes what a round told. Each method writes one whole document, or as its name says one value into a document
/// of the caller's. [Answer] reads them back.
public final class Shape {
    /// Anything that writes JSON.
    private interface Body {
        void write(JsonWriter out) throws IOException;
    }

    private Shape() {}

    /// A writer in the house's style, onto which the methods that take one may be called.
    public static JsonWriter writer(Writer out) {
        JsonWriter json = new JsonWriter(new PlainWriter(out));
        json.setIndent("");
        return json;
    }

    /// All processes, with the targets, the configuration and the time of the round.
    public static void processes(Board board, Writer out) {
        processes(board, process -> true, out);
    }

    /// Some processes; those the caller wants.
    public static void processes(Board board, Predicate<ProcessSample> wanted, Writer out) {
        document(out, json -> {
            RoundShape.members(json, board);
            json.name("items").beginArray();
            for (ProcessSample process : board.snapshot().processes()) {
                if (wanted.test(process)) {
                    json.beginObject();
                    ProcessShape.members(json, board, process);
                    json.endObject();
                }
            }
            json.endArray();
        });
    }

    /// One process, with its sockets where the round has them.
    public static void process(Board board, ProcessSample process, Writer out) {
        document(out, json -> {
            json.name("sampled_at").value(board.snapshot().at().toString());
            ProcessShape.members(json, board, process);
            List<SocketDetail> sockets = board.snapshot().details().get(process.id());
            if (sockets != null) {
                json.name("socket_list");
                sockets(json, sockets);
            }
        });
    }

    /// All diagnoses that stand.
    public static void findings(Board board, Writer out) {
        document(out, json -> {
            json.name("items").beginArray();
            for (Finding finding : board.findings()) {
                FindingShape.withProcess(json, finding);
            }
            json.endArray();
        });
    }

    /// One diagnosis, with the process it is about.
    public static void finding(JsonWriter json, Finding finding) throws IOException {
        FindingShape.withProcess(json, finding);
    }

    /// One process as an object.
    public static void process(JsonWriter json, Board board, ProcessId id) throws IOException {
        json.beginObject();
        for (ProcessSample process : board.snapshot().processes()) {
            if (process.id().equals(id)) {
                ProcessShape.members(json, board, process);
            }
        }
        json.endObject();
    }

    /// Sockets as an array.
    public static void sockets(JsonWriter json, List<SocketDetail> sockets) throws IOException {
        json.beginArray();
        for (SocketDetail socket : sockets) {
            SocketShape.write(json, socket);
        }
        json.endArray();
    }

    private static void document(Writer out, Body body) {
        try {
            JsonWriter json = writer(out);
            json.beginObject();
            body.write(json);
            json.endObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
