package io.fdsentry.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gathers what is wrong with one file, so that everything is reported at once.
final class Problems {
    private static final Comparator<Problem> IN_FILE_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final List<Problem> all = new ArrayList<>();

    /// @param file as the user named it
    Problems(String file) {
        this.file = file;
    }

    void add(Place place, String key, String reason) {
        all.add(new Problem(file, place.line(), place.column(), key, Quoted.oneLine(reason)));
    }

    /// The value, unless anything was wrong.
    <T> Loaded<T> unless(T value) {
        return all.isEmpty() ? new Loaded.Valid<>(value) : new Loaded.Invalid<>(inFileOrder());
    }

    List<Problem> inFileOrder() {
        return all.stream().sorted(IN_FILE_ORDER).toList();
    }
}
