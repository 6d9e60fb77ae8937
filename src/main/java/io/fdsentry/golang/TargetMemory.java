package io.fdsentry.golang;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Iovecs;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.Sysctl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The memory of a process, read with process_vm_readv(2) while it runs on.
final class TargetMemory implements Bytes {
    /// What no program that we know can have in one piece.
    private static final int LARGEST = 64 << 20;

    private final ProcFs procfs;
    private final int pid;

    TargetMemory(ProcFs procfs, int pid) {
        this.procfs = procfs;
        this.pid = pid;
    }

    /// Reads all ranges, one behind the other, to the start of a buffer.
    ///
    /// @return bytes read: fewer than asked for where a range is not there
    int readSome(Iovecs ranges, NativeBuffer into, int offset) throws Unreadable {
        try {
            return Libc.processVmReadv(pid, ranges, into, offset);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EFAULT) {
                return 0;
            }
            throw problem(e);
        }
    }

    /// As [#readSome], where all of it has to be there.
    void readAll(Iovecs ranges, NativeBuffer into) throws Unreadable {
        if (readSome(ranges, into, 0) != ranges.length()) {
            throw Unreadable.failed("memory of the process is not where it was");
        }
    }

    @Override
    public ByteBuffer read(long address, int length) throws Unreadable {
        if (length < 0 || length > LARGEST) {
            throw Unreadable.failed("a table of impossible size: " + Integer.toUnsignedLong(length));
        }
        Workspace workspace = Workspace.get();
        byte[] bytes = new byte[length];
        int most = workspace.tables.capacity();
        for (int done = 0; done < length; ) {
            int n = Math.min(most, length - done);
            workspace.other.clear();
            workspace.other.add(address + done, n);
            if (readSome(workspace.other, workspace.tables, 0) != n) {
                throw Unreadable.failed("nothing at 0x" + Long.toHexString(address + done));
            }
            workspace.tables.bytes().get(0, bytes, done, n);
            done += n;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Unreadable problem(ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ESRCH -> Unreadable.gone();
            case Errno.EPERM, Errno.EACCES -> Unreadable.denied(refusal());
            default -> Unreadable.failed(e.getMessage());
        };
    }

    /// The kernel says no with one word; its program was readable, which Yama does not forbid.
    private Reason refusal() {
        boolean yama = Sysctl.YAMA_PTRACE_SCOPE.read(procfs) instanceof Outcome.Seen<Long>(Long scope) && scope > 0;
        return yama ? Reason.YAMA : Reason.PERMISSION;
    }
}
