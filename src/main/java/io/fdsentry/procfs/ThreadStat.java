package io.fdsentry.procfs;

import java.util.Arrays;

/// What `/proc/PID/task/TID/stat`
/// ([proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)) says of a thread, picked from
/// its bytes one by one: there may be thousands of threads.
public final class ThreadStat {
    /// Fields between the state, the third, and the start, the 22nd.
    private static final int FIELDS_TO_START = 19;

    private ThreadStat() {}

    /// The same bytes.
    ///
    /// @throws IllegalArgumentException if they are something else
    static byte[] checked(byte[] stat) {
        int close = end(stat);
        if (close < 0 || close + 2 >= stat.length || start(stat) > close) {
            throw new IllegalArgumentException("not the stat of a thread: " + ProcText.quote(ProcText.decode(stat)));
        }
        return stat;
    }

    /// Letter of its state; see [io.fdsentry.model.ThreadState].
    static char state(byte[] stat) {
        return (char) stat[end(stat) + 2];
    }

    /// Its name with `#` for each run of digits, so that the threads of one pool are called the same; the kernel
    /// keeps 15 bytes of a name.
    public static String foldedName(byte[] stat) {
        int from = start(stat);
        int to = end(stat);
        byte[] folded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            boolean digit = isDigit(stat[i]);
            if (!digit || i == from || !isDigit(stat[i - 1])) {
                folded[length++] = digit ? (byte) '#' : stat[i];
            }
        }
        return ProcText.printable(ProcText.decode(Arrays.copyOf(folded, length)));
    }

    /// When it started, in clock ticks since boot; 0 where the file is cut.
    public static long startTicks(byte[] stat) {
        int at = end(stat) + 2;
        for (int fields = 0; fields < FIELDS_TO_START; fields++) {
            while (at < stat.length && stat[at] != ' ') {
                at++;
            }
            at++;
        }
        long ticks = 0;
        for (; at < stat.length && isDigit(stat[at]); at++) {
            ticks = ticks * 10 + stat[at] - '0';
        }
        return ticks;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static int start(byte[] stat) {
        int at = 0;
        while (at < stat.length && stat[at] != '(') {
            at++;
        }
        return at + 1;
    }

    /// The last closing parenthesis: a name may hold some.
    private static int end(byte[] stat) {
        int at = stat.length - 1;
        while (at >= 0 && stat[at] != ')') {
            at--;
        }
        return at;
    }
}
