package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Board;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Snapshot;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Evidence as a document: a process as the API shows it, and besides what happened before. What a list needs comes
/// first, so that a list need not read whole files. [EvidenceAnswer] reads it back.
public final class EvidenceShape {
    private EvidenceShape() {}

    /// One record as a whole document.
    public static void write(EvidenceRecord evidence, Writer out) throws IOException {
        JsonWriter json = Shape.writer(out);
        Fields fields = new Fields(json);
        json.beginObject();
        fields.text("id", evidence.id());
        fields.time("recorded_at", evidence.recordedAt());
        fields.text("occasion", evidence.occasion().label());
        if (!evidence.findings().isEmpty()) {
            Finding worst = evidence.findings().getFirst();
            fields.text("cause", worst.cause().label());
            fields.text("sentence", worst.sentence());
        }
        fields.time("sampled_at", evidence.sampledAt());
        ProcessShape.members(json, board(evidence), evidence.process());
        history(json, evidence.history());
        fields.number("sockets_listed_of", evidence.sockets().of());
        json.name("socket_list");
        Shape.sockets(json, evidence.sockets().kept());
        fields.number("fds_listed_of", evidence.fds().of());
        fds(json, evidence.fds().kept());
        fields.textIfKnown("goroutine_dump", evidence.goroutineDump());
        json.endObject();
        json.flush();
    }

    /// A list of records as a whole document.
    public static void list(List<EvidenceSummary> items, Writer out) throws IOException {
        JsonWriter json = Shape.writer(out);
        json.beginObject();
        json.name("items").beginArray();
        for (EvidenceSummary item : items) {
            summary(json, item);
        }
        json.endArray();
        json.endObject();
        json.flush();
    }

    private static void summary(JsonWriter json, EvidenceSummary item) throws IOException {
        Fields fields = new Fields(json);
        json.beginObject();
        fields.text("id", item.id());
        fields.time("recorded_at", item.recordedAt());
        fields.text("occasion", item.occasion().label());
        fields.text("cause", item.cause().label());
        fields.textIfKnown("sentence", item.sentence());
        fields.number("pid", item.pid());
        fields.text("target", item.target());
        fields.text("command", item.command());
        ProcessShape.container(json, item.container());
        fields.text("leak_state", item.state().label());
        json.endObject();
    }

    /// The process alone, as a round.
    private static Board board(EvidenceRecord evidence) {
        Snapshot round = new Snapshot(
                evidence.sampledAt(),
                0,
                Duration.ZERO,
                List.of(evidence.process()),
                List.of(),
                List.of(),
                Map.of(),
                1,
                Map.of());
        return new Board(
                round,
                Map.of(evidence.process().id(), evidence.verdicts()),
                evidence.findings(),
                new ConfigStatus("", true, evidence.sampledAt(), List.of()));
    }

    private static void history(JsonWriter json, List<CountsAt> history) throws IOException {
        Fields fields = new Fields(json);
        json.name("counts_over_time").beginArray();
        for (CountsAt round : history) {
            json.beginObject();
            fields.time("at", round.at());
            for (Counted what : Counted.values()) {
                Integer count = round.counts().get(what);
                if (count != null) {
                    fields.number(what.label(), count);
                }
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void fds(JsonWriter json, List<FdDetail> fds) throws IOException {
        Fields fields = new Fields(json);
        json.name("fd_list").beginArray();
        for (FdDetail fd : fds) {
            json.beginObject();
            fields.number("fd", fd.fd());
            fields.text("kind", fd.kind().label());
            fields.textIfKnown("link", fd.link());
            json.endObject();
        }
        json.endArray();
    }
}
