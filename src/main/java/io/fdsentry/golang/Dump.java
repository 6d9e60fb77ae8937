package io.fdsentry.golang;

import io.fdsentry.procfs.ProcText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stacks of all goroutines as text, in the form of `/debug/pprof/goroutine?debug=1`, which `go tool pprof`
/// reads; lines that begin with `#` are for people.
final class Dump {
    private static final int MOST_NAMED = 10;
    /// What is kept free for the last line.
    private static final int LAST_LINE = 80;

    private final Stacks stacks;
    private final @Nullable Long nanos;

    /// @param nanos the monotonic clock of the process, now; null where that is not known
    Dump(Stacks stacks, @Nullable Long nanos) {
        this.stacks = stacks;
        this.nanos = nanos;
    }

    /// @param count as the runtime counts
    String write(int count, int maxChars) throws Unreadable {
        List<Stacks.Group> groups = stacks.read();
        StringBuilder text = new StringBuilder("goroutine profile: total " + count + "\n");
        if (stacks.moved() > 0) {
            text.append("# ").append(stacks.moved()).append(" of them ran while they were looked at\n\n");
        }
        int shown = 0;
        while (shown < groups.size()) {
            int before = text.length();
            if (groups.get(shown).count > 0) {
                group(text, groups.get(shown), maxChars);
            }
            if (text.length() > maxChars - LAST_LINE) {
                text.setLength(before);
                break;
            }
            shown++;
        }
        int left = groups.stream().skip(shown).mapToInt(group -> group.count).sum();
        return left == 0 ? text.toString() : text + "# " + left + " more with other stacks are left out\n";
    }

    /// @param most characters of all the text; what goes beyond is left out by the caller
    private void group(StringBuilder text, Stacks.Group group, int most) {
        text.append(group.count).append(" @");
        for (long pc : group.pcs()) {
            text.append(" 0x").append(Long.toHexString(pc));
        }
        text.append("\n# [")
                .append(group.state)
                .append(age(group))
                .append("] goroutine ")
                .append(names(group))
                .append('\n');
        for (long pc : group.pcs()) {
            for (FunctionTable.Frame frame : stacks.frames(pc)) {
                line(text, pc, frame);
            }
            if (text.length() > most) {
                return;
            }
        }
        List<FunctionTable.Frame> creation = group.gopc == 0 ? List.of() : stacks.frames(group.gopc);
        if (!creation.isEmpty()) {
            text.append("# created by\n");
            line(text, group.gopc, creation.getFirst());
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, long pc, FunctionTable.Frame frame) {
        text.append("#\t0x")
                .append(Long.toHexString(pc))
                .append('\t')
                .append(ProcText.printable(Places.shown(frame.function())))
                .append("+0x")
                .append(Long.toHexString(pc - frame.entry()))
                .append('\t')
                .append(ProcText.printable(frame.file()))
                .append(':')
                .append(frame.line())
                .append('\n');
    }

    /// The longest that any of them waits, at most; nothing where the runtime does not know it of all.
    private String age(Stacks.Group group) {
        if (nanos == null || group.waitSince == 0) {
            return "";
        }
        long minutes = Duration.ofNanos(nanos - group.waitSince).toMinutes() + 1;
        return ", at most " + minutes + (minutes == 1 ? " minute" : " minutes");
    }

    private static String names(Stacks.Group group) {
        String named =
                group.goids.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return group.count > MOST_NAMED ? named + ", …" : named;
    }
}
