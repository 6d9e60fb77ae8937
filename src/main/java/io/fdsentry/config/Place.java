package io.fdsentry.config;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// Where in a file, as editors count: both from 1.
record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    /// SnakeYAML counts from 0.
    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Place of(Node node) {
        return of(node.getStartMark());
    }

    /// Where a text ends.
    static Place endOf(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().toArray()) {
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return new Place(line, column);
    }
}
