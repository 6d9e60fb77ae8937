package io.fdsentry.procfs;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A mounted procfs, or a fake of one: where the kernel's files of processes are.
public final class ProcFs {
    private final Tree tree;
    private @Nullable MountInfo mount;

    /// @param root mount point, such as `/proc`
    public ProcFs(Path root) {
        this.tree = new Tree(root);
    }

    /// The mount point.
    public Path root() {
        return tree.root();
    }

    /// The number by which this process is known there; [Outcome.Gone] in a procfs of a PID namespace it is not in.
    public Outcome<Integer> self() {
        return link("self", text -> Integer.parseInt(ProcText.decode(text)));
    }

    /// Every process that may be listed, in no order to rely on.
    public Outcome<int[]> pids() {
        return numbers("");
    }

    /// Whether the kernel answers here, and not a directory of ordinary files: only then does the size of
    /// `PID/fd` mean anything.
    public boolean isReal() {
        return mount().isProc();
    }

    /// Whether it hides the processes of others, all or in part: the mount option `hidepid`
    /// ([proc(5)](https://man7.org/linux/man-pages/man5/proc.5.html)).
    public boolean hidesProcesses() {
        return mount().hidesProcesses();
    }

    /// Where a file of the kernel is, as text.
    String path(String file) {
        return tree.path(file);
    }

    /// Reads a whole file and parses it. What cannot be parsed is [Outcome.Failed], with the file's name.
    <T> Outcome<T> read(String file, Function<byte[], T> parse) {
        byte[] text;
        try {
            text = tree.read(file);
        } catch (ErrnoException e) {
            return outcome(e);
        }
        return parsed(file, text, parse);
    }

    /// As [#read], for files that the kernel makes in one piece of at most a few pages, where nothing read means
    /// that the process is ending.
    <T> Outcome<T> readOnce(String file, Function<byte[], T> parse) {
        byte[] text;
        try {
            text = tree.readOnce(file);
        } catch (ErrnoException e) {
            return outcome(e);
        }
        return text.length == 0 ? Outcome.gone() : parsed(file, text, parse);
    }

    <T> Outcome<T> link(String file, Function<byte[], T> parse) {
        byte[] text;
        try {
            text = tree.link(file);
        } catch (ErrnoException e) {
            return outcome(e);
        }
        return parsed(file, text, parse);
    }

    Outcome<int[]> numbers(String directory) {
        try {
            return Outcome.seen(tree.numbers(directory));
        } catch (ErrnoException e) {
            return outcome(e);
        }
    }

    /// What a failed call says: procfs answers EPERM where it was mounted with `hidepid`, EACCES for other rights.
    <T> Outcome<T> outcome(ErrnoException e) {
        return e.errno() == Errno.EPERM && hidesProcesses() ? Outcome.denied(Reason.HIDEPID) : Tree.outcome(e);
    }

    private <T> Outcome<T> parsed(String file, byte[] text, Function<byte[], T> parse) {
        try {
            return Outcome.seen(parse.apply(text));
        } catch (IllegalArgumentException e) {
            return Outcome.failed(path(file) + ": " + e.getMessage());
        }
    }

    private synchronized MountInfo mount() {
        MountInfo known = mount;
        if (known == null) {
            known = MountInfo.of(root());
            mount = known;
        }
        return known;
    }
}
