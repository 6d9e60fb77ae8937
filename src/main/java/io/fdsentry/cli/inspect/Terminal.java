package io.fdsentry.cli.inspect;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What stands behind standard input and output
/// ([ioctl_tty(2)](https://man7.org/linux/man-pages/man2/ioctl_tty.2.html),
/// `include/uapi/asm-generic/termbits.h`).
public final class Terminal {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TIOCGWINSZ = 0x5413;

    ///     struct termios {                        // the kernel's
    ///         tcflag_t c_iflag, c_oflag, c_cflag; //  0
    ///         tcflag_t c_lflag;                   // 12
    ///         cc_t c_line, c_cc[19];              // 16
    ///     };
    private static final int TERMIOS = 64;

    private static final int LOCAL_FLAGS = 12;
    /// Lines are handed over whole.
    private static final int ICANON = 2;

    private static final int ECHO = 8;
    /// `c_cc[VSUSP]`: the key that suspends; 0 makes it one like others.
    private static final int SUSPEND_KEY = 17 + 10;

    private static final Duration STOPS_WITHIN = Duration.ofMillis(300);

    private final NativeBuffer before = new NativeBuffer(TERMIOS);

    /// @param rows lines there are
    /// @param columns characters in a line
    public record Size(int rows, int columns) {
        /// Where there is no terminal: as much as it takes.
        static final Size UNBOUNDED = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);

        private static final Size COMMON = new Size(24, 80);
    }

    /// Whether standard output is one.
    public static boolean isOutput() {
        return isTerminal(OUTPUT);
    }

    static boolean isInput() {
        return isTerminal(INPUT);
    }

    ///     struct winsize { unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel; };
    public static Size size() {
        if (!isOutput()) {
            return Size.UNBOUNDED;
        }
        NativeBuffer size = new NativeBuffer(TERMIOS);
        try {
            Libc.ioctl(OUTPUT, TIOCGWINSZ, size);
        } catch (ErrnoException e) {
            return Size.COMMON;
        }
        int rows = Short.toUnsignedInt(size.bytes().getShort(0));
        int columns = Short.toUnsignedInt(size.bytes().getShort(Short.BYTES));
        return rows == 0 || columns == 0 ? Size.COMMON : new Size(rows, columns);
    }

    /// Hands over each key at once, Ctrl-Z too, and does not show it, until [#restore].
    void readKeys() {
        try {
            Libc.ioctl(INPUT, TCGETS, before);
            NativeBuffer raw = new NativeBuffer(TERMIOS);
            raw.bytes().put(0, before.bytes(), 0, TERMIOS);
            raw.bytes().putInt(LOCAL_FLAGS, before.bytes().getInt(LOCAL_FLAGS) & ~(ICANON | ECHO));
            raw.bytes().put(SUSPEND_KEY, (byte) 0);
            Libc.ioctl(INPUT, TCSETS, raw);
        } catch (ErrnoException e) {
            // keys arrive with Enter then
        }
    }

    /// Has the shell take over until it continues this job. The kernel stops all threads when one of them takes the
    /// signal, which may be another and later: until then this one must not touch the terminal.
    static void suspend() {
        try {
            Libc.suspend();
            LockSupport.parkNanos(STOPS_WITHIN.toNanos());
        } catch (ErrnoException e) {
            // goes on at once
        }
    }

    void restore() {
        try {
            if (before.bytes().getInt(LOCAL_FLAGS) != 0) {
                Libc.ioctl(INPUT, TCSETS, before);
            }
        } catch (ErrnoException e) {
            // the terminal is gone
        }
    }

    private static boolean isTerminal(int fd) {
        if (Libc.unavailable() != null) {
            return false;
        }
        try {
            Libc.ioctl(fd, TCGETS, new NativeBuffer(TERMIOS));
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
