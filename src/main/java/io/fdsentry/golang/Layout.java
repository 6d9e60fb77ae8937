package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the fields of the runtime's structures lie in one release of Go: a column of `layouts.txt`.
final class Layout {
    private static final String TABLE = "layouts.txt";
    private static final String ABSENT = "-";

    private final Map<String, Integer> offsets;

    private Layout(Map<String, Integer> offsets) {
        this.offsets = offsets;
    }

    /// @throws Unreadable where the release is not in the table
    static Layout of(GoBuild build) throws Unreadable {
        List<String[]> rows = rows();
        String[] head = rows.getFirst();
        int column = List.of(head).indexOf("1." + build.minor());
        if (column < 0) {
            throw Unreadable.unsupported("Go 1." + build.minor() + ": no layout; those of Go " + head[1] + " to "
                    + head[head.length - 1] + " are known");
        }
        Map<String, Integer> offsets = new HashMap<>();
        for (String[] row : rows.subList(1, rows.size())) {
            if (!row[column].equals(ABSENT)) {
                offsets.put(row[0], Integer.valueOf(row[column]));
            }
        }
        return new Layout(offsets);
    }

    private static List<String[]> rows() {
        try (InputStream in = Objects.requireNonNull(Layout.class.getResourceAsStream(TABLE), TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Bytes from the start of the structure, or the size of the structure.
    ///
    /// @param field a row of the table
    int at(String field) {
        return Objects.requireNonNull(offsets.get(field), field);
    }

    /// Whether the release has the field.
    boolean has(String field) {
        return offsets.containsKey(field);
    }
}
