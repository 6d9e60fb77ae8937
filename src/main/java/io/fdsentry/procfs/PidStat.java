package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.model.Outcome;
import java.util.Arrays;

/// What `/proc/PID/stat` ([proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)) says
/// that we need; readable by everybody, whole in one call.
///
/// @param pid process id
/// @param comm the kernel's name of it, at most 15 bytes, as the process chose them: parentheses, newlines and all
/// @param state letter of the state of its first thread; see [io.fdsentry.model.ThreadState]
/// @param ppid its parent, 0 for none that this procfs knows
/// @param flags `PF_*` of `include/linux/sched.h`
/// @param threads kernel threads
/// @param startTicks when it started, in clock ticks since boot
/// @param startCode where its program begins; new with each exec where addresses are randomised; 0 or 1 where the
///     kernel will not tell
/// @param startStack where its first stack begins, likewise
public record PidStat(
        int pid,
        String comm,
        char state,
        int ppid,
        long flags,
        int threads,
        long startTicks,
        long startCode,
        long startStack) {

    private static final long PF_EXITING = 0x4;
    private static final long PF_FORKNOEXEC = 0x40;
    private static final long PF_KTHREAD = 0x200000;
    private static final int FIRST_NUMBER = 4;
    private static final int LAST_NUMBER = 28;

    public static Outcome<PidStat> read(ProcFs procfs, int pid) {
        return procfs.readOnce(pid + "/stat", PidStat::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static PidStat parse(byte[] text) {
        int open = indexOf(text, '(');
        int close = lastIndexOf(text, ')');
        if (open < 2 || close < open || close + 2 >= text.length) {
            throw malformed(text);
        }
        long[] numbers = numbers(text, close + 4);
        return new PidStat(
                Integer.parseInt(new String(text, 0, open - 1, US_ASCII)),
                ProcText.decode(Arrays.copyOfRange(text, open + 1, close)),
                (char) text[close + 2],
                (int) number(numbers, 4),
                number(numbers, 9),
                (int) number(numbers, 20),
                number(numbers, 22),
                number(numbers, 26),
                number(numbers, 28));
    }

    /// A thread of the kernel itself, which has no descriptors.
    public boolean isKernelThread() {
        return (flags & PF_KTHREAD) != 0;
    }

    /// Ended, and waiting for its parent to notice: its descriptors are gone.
    public boolean isZombie() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    /// Ended or about to be: it has given up its program, then its descriptors, before it is a zombie. True also
    /// of a process whose first thread left before the others, which is rare.
    public boolean isEnding() {
        return isZombie() || (flags & PF_EXITING) != 0;
    }

    /// Forked and not yet on its way with a program of its own; many never are.
    public boolean isForkOnly() {
        return (flags & PF_FORKNOEXEC) != 0;
    }

    /// Whether it may run another program than it did then, as far as this file can tell.
    ///
    /// @param earlier of the same process
    public boolean maybeOtherProgram(PidStat earlier) {
        return startCode != earlier.startCode
                || startStack != earlier.startStack
                || isForkOnly() != earlier.isForkOnly()
                || !comm.equals(earlier.comm);
    }

    private static long number(long[] numbers, int field) {
        return numbers[field - FIRST_NUMBER];
    }

    /// Fields 4 to 28, counted as the manual does, from 1.
    private static long[] numbers(byte[] text, int from) {
        long[] numbers = new long[LAST_NUMBER - FIRST_NUMBER + 1];
        int at = from;
        for (int i = 0; i < numbers.length; i++) {
            int start = at;
            long value = 0;
            boolean negative = at < text.length && text[at] == '-';
            at += negative ? 1 : 0;
            for (; at < text.length && text[at] >= '0' && text[at] <= '9'; at++) {
                value = value * 10 + text[at] - '0';
            }
            if (at == start || at >= text.length || text[at] != ' ') {
                throw malformed(text);
            }
            numbers[i] = negative ? -value : value;
            at++;
        }
        return numbers;
    }

    private static int indexOf(byte[] text, char wanted) {
        int at = 0;
        while (at < text.length && text[at] != wanted) {
            at++;
        }
        return at < text.length ? at : -1;
    }

    private static int lastIndexOf(byte[] text, char wanted) {
        int at = text.length - 1;
        while (at >= 0 && text[at] != wanted) {
            at--;
        }
        return at;
    }

    private static IllegalArgumentException malformed(byte[] text) {
        return new IllegalArgumentException("not the stat of a process: " + ProcText.quote(ProcText.decode(text)));
    }
}
