package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Finding;
import java.io.IOException;

/// A diagnosis.
final class FindingShape {
    private FindingShape() {}

    static void write(JsonWriter json, Finding finding) throws IOException {
        json.beginObject();
        members(new Fields(json), finding);
        json.endObject();
    }

    /// Where no process is around it: with the process it is about.
    static void withProcess(JsonWriter json, Finding finding) throws IOException {
        Fields fields = new Fields(json);
        json.beginObject();
        fields.number("pid", finding.process().pid());
        fields.number("start_ticks", finding.process().startTicks());
        fields.text("target", finding.target());
        members(fields, finding);
        json.endObject();
    }

    private static void members(Fields fields, Finding finding) throws IOException {
        fields.text("id", finding.id());
        fields.text("resource", finding.resource().label());
        fields.text("state", finding.state().label());
        fields.text("cause", finding.cause().label());
        fields.text("role", finding.role().label());
        fields.text("sentence", finding.sentence());
        fields.textIfKnown("peer", finding.peer());
        fields.textIfKnown("peer_process", finding.peerProcess());
        fields.textIfKnown("site", finding.site());
        fields.time("since", finding.since());
        fields.decimal("growth_per_second", finding.growthPerSecond());
        fields.decimal("seconds_to_limit", finding.secondsToLimit());
    }
}
