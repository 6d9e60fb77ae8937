package io.fdsentry.model;

import java.util.Locale;

/// One thing looked at, with a success of its own: the label `probe`.
public enum Probe {
    FDS("the number of open fds"),
    FD_KINDS("what each fd is"),
    LIMITS("the fd limits"),
    SOCKETS("socket states, joined to fds"),
    IDLE("when a byte last moved on each socket"),
    THREADS("kernel threads by state"),
    GOROUTINES("goroutines");

    private final String words;

    Probe(String words) {
        this.words = words;
    }

    /// What it looks at, for a person.
    public String words() {
        return words;
    }

    /// As labels and JSON write it, such as `fd_kinds`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
