package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Members of a JSON object, in the house's spelling.
final class Fields {
    private static final double NANOS_A_SECOND = 1e9;

    private final JsonWriter out;

    Fields(JsonWriter out) {
        this.out = out;
    }

    void text(String name, String value) throws IOException {
        out.name(name).value(value);
    }

    /// Absent when empty: unknown.
    void textIfKnown(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            text(name, value);
        }
    }

    void number(String name, long value) throws IOException {
        out.name(name).value(value);
    }

    /// Absent when unknown.
    void numberIfKnown(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            number(name, value);
        }
    }

    /// Null where there is no limit.
    void limit(String name, @Nullable Long value) throws IOException {
        out.name(name).value(value);
    }

    /// Absent when unknown, null when infinite.
    void decimal(String name, @Nullable Double value) throws IOException {
        if (value == null || value.isNaN()) {
            return;
        }
        out.name(name);
        if (value.isInfinite()) {
            out.nullValue();
        } else {
            out.value(value);
        }
    }

    void time(String name, Instant value) throws IOException {
        text(name, value.toString());
    }

    void seconds(String name, Duration value) throws IOException {
        decimal(name, value.toNanos() / NANOS_A_SECOND);
    }

    /// Every constant with its count, zeros included.
    <E extends Enum<E>> void counts(String name, Counts<E> counts) throws IOException {
        out.name(name).beginObject();
        for (E key : counts.keys()) {
            number(label(key), counts.get(key));
        }
        out.endObject();
    }

    /// An enum constant as labels and JSON write it.
    static String label(Enum<?> constant) {
        return constant instanceof Age age ? age.label() : constant.name().toLowerCase(Locale.ROOT);
    }
}
