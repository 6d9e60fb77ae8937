package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.math.BigDecimal;
import java.time.Duration;

/// How long the machine runs, from `/proc/uptime`
/// ([proc_uptime(5)](https://man7.org/linux/man-pages/man5/proc_uptime.5.html)); readable by everybody. In
/// hundredths of a second, and not touched by setting the clock.
public final class Uptime {
    private Uptime() {}

    public static Outcome<Duration> read(ProcFs procfs) {
        return procfs.readOnce("uptime", Uptime::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static Duration parse(byte[] text) {
        String first = ProcText.words(ProcText.decode(text)).getFirst();
        return Duration.ofMillis(new BigDecimal(first).movePointRight(3).longValueExact());
    }
}
