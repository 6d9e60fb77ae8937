package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Board;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import java.io.IOException;

/// What a round tells besides its processes.
final class RoundShape {
    private RoundShape() {}

    static void members(JsonWriter json, Board board) throws IOException {
        Snapshot snapshot = board.snapshot();
        Fields fields = new Fields(json);
        fields.time("sampled_at", snapshot.at());
        fields.seconds("sample_seconds", snapshot.took());
        fields.decimal("scan_coverage", snapshot.coverage());
        json.name("config").beginObject();
        config(json, board.config());
        json.endObject();
        json.name("targets").beginArray();
        for (TargetSample target : snapshot.targets()) {
            json.beginObject();
            fields.text("name", target.name());
            fields.number("processes", target.processes());
            fields.number("undecided", target.undecided());
            if (target.timeScale() != 1) {
                fields.decimal("time_scale", target.timeScale());
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void config(JsonWriter json, ConfigStatus status) throws IOException {
        Fields fields = new Fields(json);
        fields.text("source", status.source());
        json.name("last_reload_successful").value(status.lastReloadSuccessful());
        fields.time("last_success", status.lastSuccess());
        json.name("problems").beginArray();
        for (String problem : status.problems()) {
            json.value(problem);
        }
        json.endArray();
    }
}
