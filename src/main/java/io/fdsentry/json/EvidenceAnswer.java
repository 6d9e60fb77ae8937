package io.fdsentry.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.fdsentry.model.Cause;
import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessSample;
import java.io.IOException;
import java.io.Reader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Evidence read back. Whatever is not of this version's writing is an [IOException], whole or cut off.
public final class EvidenceAnswer {
    /// The last of the members a list needs.
    private static final String LAST_OF_SUMMARY = "leak_state";

    private static final String CONTAINER = "container";

    private EvidenceAnswer() {}

    private interface Reading<T> {
        T read() throws IOException;
    }

    /// One record.
    public static EvidenceRecord read(Reader in) throws IOException {
        return checked(() -> record(new Tree(JsonParser.parseReader(in).getAsJsonObject())));
    }

    /// What a list needs of a record, without reading the rest of it.
    public static EvidenceSummary summary(Reader in) throws IOException {
        return checked(() -> {
            JsonReader json = new JsonReader(in);
            JsonObject head = new JsonObject();
            json.beginObject();
            while (!head.has(LAST_OF_SUMMARY) && json.hasNext()) {
                String name = json.nextName();
                if (json.peek() == JsonToken.STRING || json.peek() == JsonToken.NUMBER || name.equals(CONTAINER)) {
                    JsonElement value = JsonParser.parseReader(json);
                    head.add(name, value);
                } else {
                    json.skipValue();
                }
            }
            return summary(new Tree(head));
        });
    }

    /// A list of records.
    public static List<EvidenceSummary> list(Reader in) throws IOException {
        return checked(
                () -> new Tree(JsonParser.parseReader(in).getAsJsonObject()).list("items", EvidenceAnswer::summary));
    }

    private static <T> T checked(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (RuntimeException e) {
            throw new IOException("not evidence of this version of fdsentry, or cut off: " + e.getMessage(), e);
        }
    }

    private static EvidenceSummary summary(Tree tree) {
        return new EvidenceSummary(
                tree.text("id"),
                tree.time("recorded_at"),
                tree.label("occasion", Occasion.class),
                tree.text("target"),
                tree.number("pid"),
                tree.text("command"),
                ProcessAnswer.containerOf(tree),
                tree.label(LAST_OF_SUMMARY, LeakState.class),
                tree.has("cause") ? tree.label("cause", Cause.class) : Cause.UNKNOWN,
                tree.textOrEmpty("sentence"));
    }

    private static EvidenceRecord record(Tree tree) {
        ProcessSample process = ProcessAnswer.read(tree, tree.time("sampled_at"));
        return new EvidenceRecord(
                tree.text("id"),
                tree.time("recorded_at"),
                tree.label("occasion", Occasion.class),
                tree.time("sampled_at"),
                process,
                tree.list("verdicts", FindingAnswer::verdict),
                tree.list("findings", f -> FindingAnswer.read(f, process.id(), process.target())),
                tree.list("counts_over_time", EvidenceAnswer::countsAt),
                new Sampled<>(tree.number("sockets_listed_of"), tree.list("socket_list", SocketAnswer::read)),
                new Sampled<>(tree.number("fds_listed_of"), tree.list("fd_list", EvidenceAnswer::fd)),
                tree.textOrEmpty("goroutine_dump"));
    }

    private static CountsAt countsAt(Tree tree) {
        Map<Counted, Integer> counts = new EnumMap<>(Counted.class);
        for (Counted what : Counted.values()) {
            if (tree.has(what.label())) {
                counts.put(what, tree.number(what.label()));
            }
        }
        return new CountsAt(tree.time("at"), counts);
    }

    private static FdDetail fd(Tree tree) {
        return new FdDetail(tree.number("fd"), tree.label("kind", FdKind.class), tree.textOrEmpty("link"));
    }
}
