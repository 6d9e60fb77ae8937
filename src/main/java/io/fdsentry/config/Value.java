package io.fdsentry.config;

import io.fdsentry.config.Form.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// One value of a file with its place and its path. Whatever is wrong with it becomes a problem, and the result
/// null.
///
/// Scalars are read as the text they are: YAML's own idea of numbers, dates and truth never gets to see them.
///
/// @param node as SnakeYAML composed it
/// @param path such as `targets[0].name`; empty for the whole document
/// @param context of the reading
record Value(Node node, String path, Context context) {

    <T> @Nullable T read(Form<T> form) {
        if (!(node instanceof ScalarNode scalar)) {
            problem("must be " + form.want() + ", not " + what());
            return null;
        }
        String raw = scalar.getValue();
        if (isNull()) {
            problem("has no value; leave the key out, or give it " + form.want());
        } else if (!tagIsOrdinary()) {
            problem("has the tag " + Quoted.of(node.getTag().getValue()) + ", and tags mean nothing here");
        } else if (form.style() == Style.PLAIN && !scalar.isPlain() && !raw.contains("${")) {
            problem("must be " + form.want() + ", not quoted text");
        } else {
            return read(form, raw);
        }
        return null;
    }

    private <T> @Nullable T read(Form<T> form, String raw) {
        String text = raw;
        try {
            text = context.expansion().expand(raw);
            return form.reader().read(text);
        } catch (BadValue e) {
            problem(e.reason() + (raw.contains("${") && !text.equals(raw) ? " (from " + Quoted.of(raw) + ")" : ""));
            return null;
        }
    }

    /// The keys of a mapping, null after a problem.
    @Nullable
    Section section() {
        if (node instanceof MappingNode mapping && tagIsOrdinary()) {
            return Section.of(mapping, path, context);
        }
        problem(isNull() ? "has no value; leave the key out, or write {}" : "must be a mapping, not " + what());
        return null;
    }

    /// The items of a list, none after a problem.
    List<Value> list() {
        if (!(node instanceof SequenceNode sequence) || !tagIsOrdinary()) {
            problem(isNull() ? "has no value; leave the key out, or write []" : "must be a list, not " + what());
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Value(item, path + "[" + items.size() + "]", context));
        }
        return items;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isNull() {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getTag().equals(Tag.NULL);
    }

    Place place() {
        return Place.of(node);
    }

    void problem(String reason) {
        context.problems().add(place(), path.isEmpty() ? "file" : path, reason);
    }

    private String what() {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            default -> isNull() ? "nothing" : "a single value";
        };
    }

    private boolean tagIsOrdinary() {
        Tag tag = node.getTag();
        return switch (node) {
            case MappingNode mapping -> tag.equals(Tag.MAP);
            case SequenceNode sequence -> tag.equals(Tag.SEQ);
            default -> tag.startsWith(Tag.PREFIX) && !tag.equals(Tag.BINARY);
        };
    }
}
