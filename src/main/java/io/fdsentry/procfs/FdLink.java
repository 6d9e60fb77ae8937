package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;

/// The text of the link `/proc/PID/fd/N`
/// ([proc_pid_fd(5)](https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html)): a path, which begins with a
/// slash, or the kernel's own name of something without one.
final class FdLink {
    private static final byte[] SOCKET = ascii("socket:[");
    private static final byte[] PIPE = ascii("pipe:[");
    private static final byte[] PIDFD = ascii("pidfd:[");
    private static final byte[] ANONYMOUS = ascii("anon_inode:");
    private static final byte[] MEMFD = ascii("/memfd:");
    private static final byte[] DELETED = ascii(" (deleted)");

    private FdLink() {}

    /// What the text alone tells; null for a path, of which the file must be asked.
    ///
    /// @param text bytes the process may have chosen, in any encoding or none
    /// @param length how many of them are the text
    static @Nullable FdKind kind(byte[] text, int length) {
        if (startsWith(text, length, SOCKET)) {
            return FdKind.SOCKET;
        }
        if (length > 0 && text[0] == '/') {
            return startsWith(text, length, MEMFD) && isDeleted(text, length) ? FdKind.MEMFD : null;
        }
        if (startsWith(text, length, PIPE)) {
            return FdKind.PIPE;
        }
        if (startsWith(text, length, ANONYMOUS)) {
            return anonymous(new String(text, ANONYMOUS.length, length - ANONYMOUS.length, US_ASCII));
        }
        return startsWith(text, length, PIDFD) ? FdKind.PIDFD : FdKind.OTHER;
    }

    /// Whether a path ends as that of a deleted file does. A file may really be named so; only its number of links
    /// tells.
    static boolean isDeleted(byte[] text, int length) {
        int start = length - DELETED.length;
        return start > 0 && matches(text, start, DELETED);
    }

    /// The number in brackets, as in `socket:[4711]`: the inode.
    static long inode(byte[] text, int length) {
        long value = 0;
        for (int at = SOCKET.length; at < length && text[at] != ']'; at++) {
            value = value * 10 + text[at] - '0';
        }
        return value;
    }

    /// The names the kernel gives to `anon_inode_getfd` and its like, with brackets or without.
    private static FdKind anonymous(String name) {
        return switch (name) {
            case "[eventfd]" -> FdKind.EVENTFD;
            case "[eventpoll]" -> FdKind.EVENTPOLL;
            case "inotify", "[inotify]" -> FdKind.INOTIFY;
            case "[timerfd]" -> FdKind.TIMERFD;
            case "[signalfd]" -> FdKind.SIGNALFD;
            case "[pidfd]" -> FdKind.PIDFD;
            case "[io_uring]" -> FdKind.IO_URING;
            default -> isBpf(name) ? FdKind.BPF : FdKind.OTHER;
        };
    }

    /// `bpf-map`, `bpf-prog`, `bpf_link`, `bpf_iter`, `btf` and what may come.
    private static boolean isBpf(String name) {
        String bare = name.startsWith("[") ? name.substring(1) : name;
        return bare.startsWith("bpf") || bare.equals("btf") || bare.equals("btf]");
    }

    private static boolean startsWith(byte[] text, int length, byte[] prefix) {
        return length >= prefix.length && matches(text, 0, prefix);
    }

    private static boolean matches(byte[] text, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (text[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
