package io.fdsentry.model;

import java.time.Duration;

/// The steps of `fdsentry_process_tcp_sockets_older`: how long a socket has at least been in its state.
public enum Age {
    S10("10s", Duration.ofSeconds(10)),
    M1("1m", Duration.ofMinutes(1)),
    M10("10m", Duration.ofMinutes(10)),
    H1("1h", Duration.ofHours(1)),
    D1("1d", Duration.ofDays(1));

    private final String label;
    private final Duration duration;

    Age(String label, Duration duration) {
        this.label = label;
        this.duration = duration;
    }

    /// The value of the label `age`.
    public String label() {
        return label;
    }

    /// The age it stands for, before `detection.time_scale`.
    public Duration duration() {
        return duration;
    }
}
