package io.fdsentry.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The served description of the API, and how an answer departs from it. Of JSON Schema it knows what the
/// description uses.
public final class OpenApi {
    private static final String REFERENCE = "#/components/schemas/";

    private final JsonObject json;

    private OpenApi(JsonObject json) {
        this.json = json;
    }

    /// As the jar has it.
    public static OpenApi shipped() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/io/fdsentry/web/openapi.json")) {
            return of(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// As somebody served it.
    public static OpenApi of(String text) {
        return new OpenApi(JsonParser.parseString(text).getAsJsonObject());
    }

    /// Its paths, with `{pid}` and `{id}` in them.
    public Set<String> paths() {
        return json.getAsJsonObject("paths").keySet();
    }

    /// Whether it says that a path answers so.
    public boolean answers(String path, int status) {
        return get(path).getAsJsonObject("responses").has(Integer.toString(status));
    }

    /// How the answer 200 of a path departs from what is described; nothing where it does not.
    public List<String> departures(String path, String answer) {
        JsonObject schema = get(path)
                .getAsJsonObject("responses")
                .getAsJsonObject("200")
                .getAsJsonObject("content")
                .getAsJsonObject("application/json")
                .getAsJsonObject("schema");
        List<String> found = new ArrayList<>();
        check(path, JsonParser.parseString(answer), schema, found);
        return found;
    }

    private JsonObject get(String path) {
        return json.getAsJsonObject("paths").getAsJsonObject(path).getAsJsonObject("get");
    }

    private void check(String where, JsonElement value, JsonObject schema, List<String> found) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().substring(REFERENCE.length());
            check(
                    where,
                    value,
                    json.getAsJsonObject("components")
                            .getAsJsonObject("schemas")
                            .getAsJsonObject(name),
                    found);
            return;
        }
        if (schema.has("type")
                && !types(schema.get("type")).contains(type(value))
                && !(type(value).equals("integer") && types(schema.get("type")).contains("number"))) {
            found.add(where + " is " + type(value) + ", not " + schema.get("type"));
            return;
        }
        if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
            found.add(where + " is " + value + ", none of " + schema.get("enum"));
        }
        if (schema.has("pattern")
                && !value.getAsString().matches(schema.get("pattern").getAsString())) {
            found.add(where + " is " + value + ", not " + schema.get("pattern"));
        }
        if (schema.has("minimum") && value.getAsDouble() < schema.get("minimum").getAsDouble()) {
            found.add(where + " is " + value + ", below " + schema.get("minimum"));
        }
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                check(where + "[" + i + "]", array.get(i), schema.getAsJsonObject("items"), found);
            }
        } else if (value instanceof JsonObject object) {
            members(where, object, schema, found);
        }
    }

    private void members(String where, JsonObject object, JsonObject schema, List<String> found) {
        if (schema.has("required")) {
            schema.getAsJsonArray("required").forEach(name -> {
                if (!object.has(name.getAsString())) {
                    found.add(where + " lacks " + name);
                }
            });
        }
        JsonObject known = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            String place = where + "." + member.getKey();
            if (known.has(member.getKey())) {
                check(place, member.getValue(), known.getAsJsonObject(member.getKey()), found);
            } else if (schema.has("additionalProperties")
                    && schema.get("additionalProperties") instanceof JsonObject other) {
                check(place, member.getValue(), other, found);
            } else {
                found.add(place + " is not described in openapi.json");
            }
        }
    }

    private static List<String> types(JsonElement type) {
        return type instanceof JsonArray several
                ? several.asList().stream().map(JsonElement::getAsString).toList()
                : List.of(type.getAsString());
    }

    private static String type(JsonElement value) {
        return switch (value) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonPrimitive text when text.isString() -> "string";
            case JsonPrimitive truth when truth.isBoolean() -> "boolean";
            case JsonPrimitive number -> number.getAsDouble() == Math.rint(number.getAsDouble()) ? "integer" : "number";
            default -> "null";
        };
    }
}
