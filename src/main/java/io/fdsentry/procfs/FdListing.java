package io.fdsentry.procfs;

import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// The descriptors of one process, as [FdDirectory] last saw them; filled again and again without new memory. 13
/// bytes a descriptor.
public final class FdListing {
    private static final FdKind[] KINDS = FdKind.values();
    private static final int FIRST_CAPACITY = 16;
    /// In [#kinds]: a file without a name.
    private static final int DELETED = 0x40;

    private int size;
    private int deleted;
    private boolean kindsKnown = true;
    private int[] fds = new int[FIRST_CAPACITY];
    private byte[] kinds = new byte[FIRST_CAPACITY];
    private long[] inodes = new long[FIRST_CAPACITY];
    private int[] counts = new int[KINDS.length];

    public FdListing() {}

    private FdListing(FdListing other) {
        set(other);
    }

    /// How many there are.
    public int size() {
        return size;
    }

    /// The number of the `index`th; the kernel lists them ascending.
    public int fd(int index) {
        return fds[index];
    }

    /// What it refers to.
    public FdKind kind(int index) {
        return KINDS[kinds[index] & ~DELETED];
    }

    /// The inode of a socket, by which the protocol tables know it; 0, which is no inode, for other kinds.
    public long inode(int index) {
        return inodes[index];
    }

    /// How many are of a kind.
    public int count(FdKind kind) {
        return counts[kind.ordinal()];
    }

    /// Whether every kind is known. Without the right to `fd/`, but with that to `fdinfo/` (SYS_PTRACE alone), only
    /// sockets are told from the rest, which is [FdKind#OTHER] then.
    public boolean kindsKnown() {
        return kindsKnown;
    }

    /// All kinds counted; meaningful where [#kindsKnown].
    public FdKinds kinds() {
        return new FdKinds(Counts.of(FdKind.class, counts), deleted);
    }

    /// Descriptors of regular files without a name.
    public int deleted() {
        return deleted;
    }

    /// The index of a number or of the next above it, looked for from an index on.
    int indexFrom(int index, int fd) {
        int at = index;
        while (at < size && fds[at] < fd) {
            at++;
        }
        return at;
    }

    /// Whether the number at an index is this one.
    boolean has(int index, int fd) {
        return index < size && fds[index] == fd;
    }

    void begin(boolean allKinds) {
        size = 0;
        deleted = 0;
        kindsKnown = allKinds;
        Arrays.fill(counts, 0);
    }

    void add(int fd, FdKind kind, long inode) {
        if (size == fds.length) {
            grow();
        }
        fds[size] = fd;
        kinds[size] = (byte) kind.ordinal();
        inodes[size] = inode;
        counts[kind.ordinal()]++;
        size++;
    }

    void addDeletedFile(int fd) {
        add(fd, FdKind.REGULAR, 0);
        kinds[size - 1] |= DELETED;
        deleted++;
    }

    /// Adds what another listing holds at an index.
    void addFrom(FdListing other, int index) {
        if ((other.kinds[index] & DELETED) != 0) {
            addDeletedFile(other.fds[index]);
        } else {
            add(other.fds[index], other.kind(index), other.inodes[index]);
        }
    }

    /// Leaves out those whose index does not pass.
    public void retain(IntPredicate passes) {
        int end = size;
        begin(kindsKnown);
        for (int i = 0; i < end; i++) {
            if (passes.test(i)) {
                addFrom(this, i);
            }
        }
    }

    /// Takes over the content of another, which gets this one's memory for its next.
    void exchange(FdListing other) {
        FdListing old = new FdListing(this);
        set(other);
        other.set(old);
    }

    private void set(FdListing other) {
        size = other.size;
        deleted = other.deleted;
        kindsKnown = other.kindsKnown;
        fds = other.fds;
        kinds = other.kinds;
        inodes = other.inodes;
        counts = other.counts;
    }

    private void grow() {
        int capacity = size + (size >> 1);
        fds = Arrays.copyOf(fds, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        inodes = Arrays.copyOf(inodes, capacity);
    }
}
