package io.fdsentry.incidents;

import static io.fdsentry.incidents.Lookout.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What fdsentry knew of the guilty process in one round.
///
/// @param second since the first round that saw it
/// @param process as the API tells it
record Moment(double second, JsonObject process) {
    private static final List<String> STATES = List.of("none", "suspected", "confirmed", "urgent");

    int handles() {
        return process.getAsJsonObject("fds").get("open").getAsInt();
    }

    int limit() {
        return process.getAsJsonObject("fds").get("effective").getAsInt();
    }

    /// How much of its limit is used, 0 to 1.
    double share() {
        return (double) handles() / limit();
    }

    String state() {
        return text(process, "leak_state");
    }

    /// The finding that counts: the worst.
    @Nullable
    JsonObject finding() {
        return process.getAsJsonArray("findings").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .max((a, b) -> Integer.compare(rank(a), rank(b)))
                .orElse(null);
    }

    private static int rank(JsonObject finding) {
        return STATES.indexOf(text(finding, "state"));
    }

    /// Descriptors by what they are: TCP sockets by state, all else by kind; together the open ones.
    Map<String, Integer> layers() {
        Map<String, Integer> layers = new LinkedHashMap<>();
        JsonObject kinds = process.getAsJsonObject("fds").getAsJsonObject("kinds");
        if (kinds == null) {
            return Map.of("not told", handles());
        }
        int sockets = kinds.get("socket").getAsInt();
        for (Map.Entry<String, Integer> state : counts("tcp").entrySet()) {
            layers.put(state.getKey().toUpperCase(Locale.ROOT), state.getValue());
            sockets -= state.getValue();
        }
        layers.put("other socket", sockets);
        kinds.asMap().forEach((kind, count) -> layers.put(kind, count.getAsInt()));
        layers.remove("socket");
        return layers;
    }

    /// Sockets that look abandoned.
    int stale() {
        return counts("stale").values().stream().mapToInt(count -> count).sum();
    }

    int threads() {
        return counts("threads").values().stream().mapToInt(count -> count).sum();
    }

    /// None where the program is not one of Go.
    int goroutines() {
        JsonObject goroutines = process.getAsJsonObject("goroutines");
        return goroutines == null || !goroutines.has("count")
                ? 0
                : goroutines.get("count").getAsInt();
    }

    private Map<String, Integer> counts(String key) {
        JsonObject object = process.getAsJsonObject(key);
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (object != null) {
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                if (entry.getValue().isJsonPrimitive()) {
                    counts.put(entry.getKey(), entry.getValue().getAsInt());
                }
            }
        }
        return counts;
    }

    /// The layers that are not empty, in words.
    String words() {
        return layers().entrySet().stream()
                .filter(layer -> layer.getValue() > 0)
                .map(layer -> "%,d %s".formatted(layer.getValue(), layer.getKey()))
                .collect(Collectors.joining(", "));
    }
}
