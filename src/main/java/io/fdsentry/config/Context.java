package io.fdsentry.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What all parts of one reading share: where problems go, what `$` means, and which keys there are.
final class Context {
    private static final java.util.regex.Pattern INDEX = java.util.regex.Pattern.compile("\\[\\d+]");

    private final Problems problems;
    private final Expansion expansion;
    private final Set<String> keys = new TreeSet<>();
    private final List<Runnable> whenRead = new ArrayList<>();

    Context(Problems problems, Expansion expansion) {
        this.problems = problems;
        this.expansion = expansion;
    }

    Problems problems() {
        return problems;
    }

    Expansion expansion() {
        return expansion;
    }

    /// Remembers a key that the reader asked for: those are the keys the format has.
    void knows(String path) {
        keys.add(anyIndex(path));
    }

    /// Does something once every key is known.
    void whenRead(Runnable action) {
        whenRead.add(action);
    }

    void finish() {
        whenRead.forEach(Runnable::run);
    }

    /// Every key asked for, as paths, with `[]` for each list index.
    Set<String> keys() {
        return keys;
    }

    /// Known paths by their last name.
    Map<String, List<String>> pathsByName() {
        Map<String, List<String>> paths = new HashMap<>();
        for (String key : keys) {
            String name = key.substring(key.lastIndexOf('.') + 1);
            paths.computeIfAbsent(name, unused -> new ArrayList<>()).add(key);
        }
        return paths;
    }

    static String anyIndex(String path) {
        return INDEX.matcher(path).replaceAll("[]");
    }
}
