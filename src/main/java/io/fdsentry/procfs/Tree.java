package io.fdsentry.procfs;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/// Small files, links and directories of numbers below a root, each read with as few calls as the kernel allows.
///
/// Through [Libc] and not through `java.nio`, since that reports EPERM and ESRCH as localised text and cannot
/// represent names that are no text in the locale of the JVM. One thread at a time reads; others wait.
final class Tree {
    /// What no file that we read whole comes near to, but the arguments of a process may.
    static final int LARGEST = 1 << 20;

    private static final int CAPACITY = 32 * 1024;
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;

    private final Path root;
    private final String prefix;
    private final NativeBuffer buffer = new NativeBuffer(CAPACITY);

    Tree(Path root) {
        this.root = root;
        String text = root.toString();
        this.prefix = text.endsWith("/") ? text : text + "/";
    }

    Path root() {
        return root;
    }

    /// The path of a file as text.
    String path(String file) {
        return prefix + file;
    }

    /// The whole content, up to [#LARGEST].
    synchronized byte[] read(String file) throws ErrnoException {
        int fd = Libc.open(path(file));
        try {
            int n = Libc.read(fd, buffer);
            byte[] first = take(n);
            int next = n == 0 ? 0 : Libc.read(fd, buffer);
            return next == 0 ? first : rest(fd, first, next);
        } finally {
            Libc.close(fd);
        }
    }

    /// The content that a single call returns: enough for files the kernel makes in one piece, such as `PID/stat`.
    synchronized byte[] readOnce(String file) throws ErrnoException {
        int fd = Libc.open(path(file));
        try {
            return take(Libc.read(fd, buffer));
        } finally {
            Libc.close(fd);
        }
    }

    private byte[] rest(int fd, byte[] first, int available) throws ErrnoException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(CAPACITY);
        all.writeBytes(first);
        int n = available;
        while (n > 0 && all.size() + n <= LARGEST) {
            all.writeBytes(take(n));
            n = Libc.read(fd, buffer);
        }
        return all.toByteArray();
    }

    boolean isDirectory(String file) {
        try {
            Libc.close(Libc.openDirectory(path(file)));
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    /// The text of a symbolic link.
    synchronized byte[] link(String file) throws ErrnoException {
        return take(Libc.readlink(path(file), buffer));
    }

    /// The entries of a directory that are decimal numbers, in the order of the directory.
    synchronized int[] numbers(String directory) throws ErrnoException {
        int fd = Libc.openDirectory(path(directory));
        try {
            int[] numbers = new int[512];
            int count = 0;
            for (int end = Libc.getdents64(fd, buffer); end > 0; end = Libc.getdents64(fd, buffer)) {
                ByteBuffer entries = buffer.bytes();
                for (int entry = 0; entry < end; entry += entries.getShort(entry + ENTRY_LENGTH)) {
                    int number = number(entries, entry + ENTRY_NAME);
                    if (number >= 0) {
                        numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
                        numbers[count++] = number;
                    }
                }
            }
            return Arrays.copyOf(numbers, count);
        } finally {
            Libc.close(fd);
        }
    }

    private static int number(ByteBuffer entries, int name) {
        int value = 0;
        int at = name;
        for (byte c = entries.get(at); c != 0; c = entries.get(++at)) {
            if (c < '0' || c > '9' || at - name > 8) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private byte[] take(int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(0, bytes);
        return bytes;
    }

    /// What a failed call says of the file.
    static <T> Outcome<T> outcome(ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ENOENT, Errno.ESRCH -> Outcome.gone();
            case Errno.EACCES, Errno.EPERM -> Outcome.denied(Reason.PERMISSION);
            default -> Outcome.failed(e.getMessage());
        };
    }
}
