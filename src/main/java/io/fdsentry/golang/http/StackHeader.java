package io.fdsentry.golang.http;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The first line of a goroutine in a dump, such as `goroutine 18 [chan receive, 12 minutes, locked to thread]:`.
final class StackHeader {
    private static final Pattern FORM = Pattern.compile("goroutine \\d+ (?:[^\\[]*)\\[([^\\]]*)\\].*");
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,8}) minutes");
    /// Remarks of the runtime that are no part of the reason.
    private static final Pattern REMARK = Pattern.compile(" \\((?:scan|leaked|durable)\\)");

    private static final int LONGEST_REASON = 64;

    /// Not waiting for anything, or for no more than a time or a system call that comes back by itself.
    private static final Set<String> NO_WAIT =
            Set.of("running", "runnable", "idle", "dead", "copystack", "preempted", "sleep", "syscall");

    private StackHeader() {}

    /// Null where it is something else, or cut.
    static @Nullable Stack parse(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            return null;
        }
        String[] parts = form.group(1).split(", ", -1);
        int minutes = 0;
        for (String part : parts) {
            Matcher told = MINUTES.matcher(part);
            if (told.matches()) {
                minutes = Integer.parseInt(told.group(1));
            }
        }
        String reason = REMARK.matcher(parts[0]).replaceAll("");
        return new Stack(reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON), minutes);
    }

    /// Whether this is something a goroutine may wait for in vain.
    static boolean isWait(String reason) {
        return !NO_WAIT.contains(reason);
    }
}
