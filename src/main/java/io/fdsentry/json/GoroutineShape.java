package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Goroutines;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Goroutines: how many, and where those that are blocked wait.
final class GoroutineShape {
    private GoroutineShape() {}

    static void write(JsonWriter json, Goroutines goroutines) throws IOException {
        Fields fields = new Fields(json);
        json.name("goroutines").beginObject();
        fields.number("count", goroutines.count());
        fields.text("source", Fields.label(goroutines.source()));
        if (!goroutines.age().isZero()) {
            fields.seconds("age", goroutines.age());
        }
        fields.textIfKnown("instead_of", goroutines.instead());
        json.name("blocked").beginObject();
        for (Map.Entry<String, Integer> reason : new TreeMap<>(goroutines.blocked()).entrySet()) {
            fields.number(reason.getKey(), reason.getValue());
        }
        json.endObject();
        json.name("sites").beginArray();
        for (Goroutines.Site site : goroutines.sites()) {
            json.beginObject();
            fields.text("site", site.function());
            fields.textIfKnown("created_by", site.createdBy());
            fields.text("reason", site.reason());
            fields.number("count", site.count());
            fields.seconds("blocked_at_least", site.blockedAtLeast());
            if (site.blockedAtMost() != null) {
                fields.seconds("blocked_at_most", site.blockedAtMost());
            }
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
}
