package io.fdsentry.look;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A dashboard of `grafana/`.
///
/// @param uid the name of its file, without the ending
/// @param json what the file says
public record Dashboard(String uid, JsonObject json) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), ?(\\w+)\\)");

    /// An expression that a dashboard asks Prometheus for.
    ///
    /// @param where a panel and the letter of its query, an annotation, or a variable
    public record Query(String where, String expression) {}

    /// The three of `grafana/`.
    public static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(Path.of("grafana"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            String uid = file.getFileName().toString().replace(".json", "");
            return new Dashboard(
                    uid, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Panels that show something: rows are not.
    List<JsonObject> panels() {
        return objects(json, "panels").stream()
                .filter(panel -> !text(panel, "type").equals("row"))
                .toList();
    }

    List<JsonObject> variables() {
        return objects(json.getAsJsonObject("templating"), "list");
    }

    List<JsonObject> annotations() {
        return objects(json.getAsJsonObject("annotations"), "list");
    }

    /// What the panels and annotations show.
    List<Query> shown() {
        List<Query> queries = new ArrayList<>();
        for (JsonObject panel : panels()) {
            for (JsonObject target : objects(panel, "targets")) {
                queries.add(new Query(text(panel, "title") + " " + text(target, "refId"), text(target, "expr")));
            }
        }
        annotations()
                .forEach(annotation ->
                        queries.add(new Query("annotation " + text(annotation, "name"), text(annotation, "expr"))));
        return queries;
    }

    /// What the variables offer: one series for each value, which has it under the variable's label.
    List<Query> offered() {
        return variables().stream()
                .filter(variable -> text(variable, "type").equals("query"))
                .map(variable -> new Query("variable " + text(variable, "name"), values(variable)))
                .toList();
    }

    private static String values(JsonObject variable) {
        Matcher asked = LABEL_VALUES.matcher(text(variable.getAsJsonObject("query"), "query"));
        if (!asked.matches()) {
            throw new AssertionError("not label_values(series, label): " + variable);
        }
        String label = asked.group(2);
        String having = label + "!=\"\"}";
        String series = asked.group(1).endsWith("}")
                ? asked.group(1).replaceFirst("}$", ", " + having)
                : asked.group(1) + "{" + having;
        return "group by (" + label + ") (" + series + ")";
    }

    static List<JsonObject> objects(JsonObject parent, String member) {
        return parent.has(member)
                ? parent.getAsJsonArray(member).asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .toList()
                : List.of();
    }

    /// The text of a member; empty where it is missing.
    static String text(JsonObject parent, String member) {
        return parent.has(member) ? parent.get(member).getAsString() : "";
    }

    @Override
    public String toString() {
        return uid;
    }
}
