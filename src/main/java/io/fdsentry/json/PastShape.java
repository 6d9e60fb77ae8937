package io.fdsentry.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Resource;
import io.fdsentry.model.TargetPast;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What is remembered of targets, as a document of our own; nobody else's API.
public final class PastShape {
    private static final int VERSION = 1;

    private PastShape() {}

    /// All of it as a whole document.
    public static void write(List<TargetPast> targets, Writer out) throws IOException {
        JsonWriter json = Shape.writer(out);
        json.beginObject();
        json.name("version").value(VERSION);
        json.name("targets").beginArray();
        for (TargetPast past : targets) {
            target(json, past);
        }
        json.endArray();
        json.endObject();
        json.flush();
    }

    private static void target(JsonWriter json, TargetPast past) throws IOException {
        Fields fields = new Fields(json);
        json.beginObject();
        fields.text("target", past.target());
        fields.time("seen", past.seen());
        json.name("resources").beginObject();
        for (Map.Entry<Resource, TargetPast.Normal> entry : new EnumMap<>(past.resources()).entrySet()) {
            json.name(entry.getKey().label()).beginObject();
            json.name("peak").value(entry.getValue().peak());
            json.name("watched_seconds").value(entry.getValue().watchedSeconds());
            json.name("suspected_lives").value(entry.getValue().suspectedLives());
            json.endObject();
        }
        json.endObject();
        json.endObject();
    }

    /// Reads it back. What another version added is passed over.
    ///
    /// @throws IOException also when it is no such document, saying so
    public static List<TargetPast> read(Reader in) throws IOException {
        try {
            JsonObject document = JsonParser.parseReader(in).getAsJsonObject();
            if (document.get("version").getAsInt() != VERSION) {
                throw new IOException("written by another version");
            }
            List<TargetPast> targets = new ArrayList<>();
            for (JsonElement element : document.getAsJsonArray("targets")) {
                targets.add(target(element.getAsJsonObject()));
            }
            return targets;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new IOException("not what was written", e);
        }
    }

    private static TargetPast target(JsonObject json) {
        Map<Resource, TargetPast.Normal> resources = new EnumMap<>(Resource.class);
        JsonObject members = json.getAsJsonObject("resources");
        for (Resource resource : Resource.values()) {
            if (members.has(resource.label())) {
                resources.put(resource, normal(members.getAsJsonObject(resource.label())));
            }
        }
        return new TargetPast(
                json.get("target").getAsString(), Instant.parse(json.get("seen").getAsString()), resources);
    }

    private static TargetPast.Normal normal(JsonObject json) {
        return new TargetPast.Normal(
                amount(json, "peak"), amount(json, "watched_seconds"), (int) amount(json, "suspected_lives"));
    }

    private static double amount(JsonObject json, String name) {
        double value = json.get(name).getAsDouble();
        if (!(value >= 0 && value <= Long.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " is " + value);
        }
        return value;
    }
}
