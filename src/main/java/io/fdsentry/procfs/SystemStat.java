package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.time.Instant;

/// When the machine was started, from `/proc/stat`
/// ([proc_stat(5)](https://man7.org/linux/man-pages/man5/proc_stat.5.html)), line `btime`; readable by everybody.
/// In whole seconds, cut off, and by today's setting of the clock: it moves when the clock is set.
///
/// @param bootTime since the epoch
public record SystemStat(Instant bootTime) {
    private static final String BTIME = "btime ";

    public static Outcome<SystemStat> read(ProcFs procfs) {
        return procfs.read("stat", SystemStat::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static SystemStat parse(byte[] text) {
        for (String line : ProcText.lines(text)) {
            if (line.startsWith(BTIME)) {
                return new SystemStat(Instant.ofEpochSecond(Long.parseLong(line.substring(BTIME.length()))));
            }
        }
        throw new IllegalArgumentException("no line btime");
    }
}
