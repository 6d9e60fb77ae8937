package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two of the resource limits in `/proc/PID/limits`
/// ([proc_pid_limits(5)](https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html)); readable by everybody.
/// They change while a process runs: setrlimit(2), prlimit(2).
///
/// @param openFiles RLIMIT_NOFILE: one above the highest descriptor it may get
/// @param processes RLIMIT_NPROC: threads of its real uid, of all its processes together; does not bind uid 0
public record PidLimits(Limit openFiles, Limit processes) {
    /// @param soft what holds; null when unlimited
    /// @param hard what the process may raise it to; null when unlimited
    public record Limit(@Nullable Long soft, @Nullable Long hard) {}

    private static final String OPEN_FILES = "Max open files";
    private static final String PROCESSES = "Max processes";

    public static Outcome<PidLimits> read(ProcFs procfs, int pid) {
        return procfs.readOnce(pid + "/limits", PidLimits::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static PidLimits parse(byte[] text) {
        List<String> lines = ProcText.lines(text);
        return new PidLimits(limit(lines, OPEN_FILES), limit(lines, PROCESSES));
    }

    private static Limit limit(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                List<String> words = ProcText.words(line.substring(name.length()));
                if (words.size() >= 2) {
                    return new Limit(value(words.get(0)), value(words.get(1)));
                }
            }
        }
        throw new IllegalArgumentException("no line \"" + name + "\"");
    }

    private static @Nullable Long value(String word) {
        return word.equals("unlimited") ? null : Long.valueOf(word);
    }
}
