package io.fdsentry.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// The keys of one mapping. The keys it is asked for are the keys there are: [#end] reports all others, so no list
/// of keys can differ from the code that reads them.
final class Section {
    private final Context context;
    private final String path;
    private final Place place;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(Context context, String path, Place place) {
        this.context = context;
        this.path = path;
        this.place = place;
    }

    /// A section the file does not have.
    static Section absent(String path, Context context) {
        return new Section(context, path, Place.START);
    }

    /// The keys of a mapping; keys given twice and keys that are no text become problems.
    static Section of(MappingNode mapping, String path, Context context) {
        Section section = new Section(context, path, Place.of(mapping));
        for (NodeTuple tuple : mapping.getValue()) {
            section.add(tuple.getKeyNode(), tuple.getValueNode());
        }
        return section;
    }

    private void add(Node keyNode, Node valueNode) {
        if (!(keyNode instanceof ScalarNode key)) {
            context.problems().add(Place.of(keyNode), path.isEmpty() ? "file" : path, "a key must be text");
            return;
        }
        String name = key.getValue();
        String keyPath = pathOf(name);
        Place first = places.get(name);
        if (first != null) {
            context.problems().add(Place.of(key), keyPath, "is given twice, first in line " + first.line());
        } else if (key.getTag().equals(Tag.MERGE)) {
            context.problems().add(Place.of(key), keyPath, "merge keys mean nothing here; write the keys out");
        } else {
            places.put(name, Place.of(key));
            values.put(name, new Value(valueNode, keyPath, context));
        }
    }

    /// The value of a key, null where it is absent.
    @Nullable
    Value value(String key) {
        asked.add(key);
        context.knows(pathOf(key));
        return values.get(key);
    }

    /// The value of a key, the fallback where it is absent or wrong.
    <T> T get(String key, Form<T> form, T fallback) {
        T found = find(key, form);
        return found == null ? fallback : found;
    }

    /// The value of a key, null where it is absent or wrong.
    <T> @Nullable T find(String key, Form<T> form) {
        Value value = value(key);
        return value == null ? null : value.read(form);
    }

    /// Likewise, where an empty text says what an absent key says.
    <T> @Nullable T findUnlessEmpty(String key, Form<T> form) {
        Form.Reader<Filled<T>> reader =
                text -> new Filled<>(text.isEmpty() ? null : form.reader().read(text));
        Filled<T> found = find(key, new Form<>(form.want() + ", or empty", form.style(), reader));
        return found == null ? null : found.value();
    }

    private record Filled<T>(@Nullable T value) {}

    /// The value of a key the file has to give; null and a problem where it does not.
    <T> @Nullable T require(String key, Form<T> form) {
        if (value(key) == null) {
            problem("has no " + key + ", which must be " + form.want());
        }
        return find(key, form);
    }

    /// Reads the mapping under a key, which looks empty where it is absent or wrong.
    <T extends @Nullable Object> T in(String key, Function<Section, T> reader) {
        Value value = value(key);
        Section section = value == null ? null : value.section();
        Section found = section == null ? absent(pathOf(key), context) : section;
        T result = reader.apply(found);
        found.end();
        return result;
    }

    /// The items of the list under a key; none where it is absent or wrong.
    List<Value> list(String key) {
        Value value = value(key);
        return value == null ? List.of() : value.list();
    }

    /// All values, for a mapping whose keys the user invents.
    Map<String, Value> all() {
        asked.addAll(values.keySet());
        return values;
    }

    /// Reports a key that the format has and this program cannot honour.
    void refuse(String key, String reason) {
        if (value(key) != null) {
            keyProblem(key, reason);
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /// Something wrong with the mapping as a whole.
    void problem(String reason) {
        context.problems().add(place, path.isEmpty() ? "file" : path, reason);
    }

    /// Something wrong with a key itself.
    void keyProblem(String key, String reason) {
        context.problems().add(places.getOrDefault(key, place), pathOf(key), reason);
    }

    /// Reports the keys nobody asked for, once all keys of the format are known.
    void end() {
        context.whenRead(() -> values.keySet().stream()
                .filter(key -> !asked.contains(key))
                .forEach(key -> keyProblem(key, "unknown key" + meant(key))));
    }

    private String meant(String key) {
        String sibling = Suggestion.near(key, asked);
        List<String> elsewhere = context.pathsByName().getOrDefault(key, List.of());
        return sibling.isEmpty() ? Suggestion.among(elsewhere) : sibling;
    }

    private String pathOf(String key) {
        String shown = Quoted.oneLine(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
