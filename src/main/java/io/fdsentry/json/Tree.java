package io.fdsentry.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fdsentry.model.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Members of a JSON object read back, in the house's spelling.
///
/// @param json the object
record Tree(JsonObject json) {
    private static final double NANOS_A_SECOND = 1e9;

    boolean has(String name) {
        return json.has(name);
    }

    Tree object(String name) {
        return new Tree(json.getAsJsonObject(name));
    }

    /// Every element of an array; none when there is no such member.
    <T> List<T> list(String name, Function<Tree, T> read) {
        List<T> list = new ArrayList<>();
        JsonArray array = json.getAsJsonArray(name);
        if (array != null) {
            array.forEach(element -> list.add(read.apply(new Tree(element.getAsJsonObject()))));
        }
        return list;
    }

    String text(String name) {
        return json.get(name).getAsString();
    }

    /// Empty when absent.
    String textOrEmpty(String name) {
        return has(name) ? text(name) : "";
    }

    int number(String name) {
        return json.get(name).getAsInt();
    }

    long big(String name) {
        return json.get(name).getAsLong();
    }

    double real(String name) {
        return json.get(name).getAsDouble();
    }

    /// Null where there is no limit.
    @Nullable
    Long limit(String name) {
        JsonElement limit = json.get(name);
        return limit == null || limit.isJsonNull() ? null : (Long) limit.getAsLong();
    }

    /// Null when absent, infinite when `null`.
    @Nullable
    Double decimal(String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            return null;
        }
        return value.isJsonNull() ? Double.POSITIVE_INFINITY : (Double) value.getAsDouble();
    }

    Instant time(String name) {
        return Instant.parse(text(name));
    }

    Duration seconds(String name) {
        return Duration.ofNanos(Math.round(real(name) * NANOS_A_SECOND));
    }

    <E extends Enum<E>> E label(String name, Class<E> type) {
        return constant(text(name), type);
    }

    /// Null when absent.
    <E extends Enum<E>> @Nullable E labelOrNull(String name, Class<E> type) {
        return has(name) ? label(name, type) : null;
    }

    /// Counts by label; those that are absent are zero.
    <E extends Enum<E>> Counts<E> counts(String name, Class<E> type) {
        JsonObject object = json.getAsJsonObject(name);
        E[] keys = type.getEnumConstants();
        int[] counts = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            JsonElement count = object.get(Fields.label(keys[i]));
            counts[i] = count == null ? 0 : count.getAsInt();
        }
        return Counts.of(type, counts);
    }

    /// The constant a label stands for.
    static <E extends Enum<E>> E constant(String label, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (Fields.label(constant).equals(label)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no " + type.getSimpleName() + " is called " + label);
    }
}
