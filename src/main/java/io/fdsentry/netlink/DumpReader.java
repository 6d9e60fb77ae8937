package io.fdsentry.netlink;

/// Takes the datagrams of one reply apart and hands its sockets on. Whatever the bytes are, it answers with a
/// [Step] and throws nothing.
final class DumpReader {
    /// What a datagram came to.
    enum Step {
        /// More will follow.
        MORE,
        /// That was the end, and the kernel says it went well.
        DONE,
        /// The kernel refused or gave up.
        REFUSED,
        /// It does not make sense.
        DEFECTIVE
    }

    /// More sockets than the longest datagram has.
    private static final int AHEAD = 512;

    private final SocketRow row = new SocketRow();
    private final int[] inodes = new int[AHEAD];
    private final SocketTable table;
    private final SocketSink sink;
    private final int port;
    private int sequence;
    private int sockets;
    private int errno;
    private boolean interrupted;
    private String defect = "";

    /// @param port of the socket that asked
    DumpReader(SocketTable table, SocketSink sink, int port) {
        this.table = table;
        this.sink = sink;
        this.port = port;
    }

    /// Expects the reply to a request of this number from now on; those of earlier ones that were given up are
    /// skipped.
    void expect(int number) {
        sequence = number;
    }

    /// Reads the messages of a datagram.
    ///
    /// @param length of the datagram, at the start of the array
    Step read(byte[] bytes, int length) {
        announce(bytes, length);
        int at = 0;
        while (at < length) {
            int left = length - at;
            int size = left < Nlmsg.HEADER ? 0 : Bytes.s32(bytes, at + Nlmsg.LENGTH);
            if (size < Nlmsg.HEADER || size > left) {
                return defective("a message of " + size + " bytes where " + left + " are left");
            }
            Step step = isOurs(bytes, at) ? message(bytes, at, size) : Step.MORE;
            if (step != Step.MORE) {
                return step;
            }
            at += Nlmsg.align(size);
        }
        return Step.MORE;
    }

    private void announce(byte[] bytes, int length) {
        int least = Nlmsg.HEADER + table.layout().length();
        int count = 0;
        int at = 0;
        while (length - at >= least && count < inodes.length) {
            int size = Bytes.s32(bytes, at + Nlmsg.LENGTH);
            if (size < least || size > length - at) {
                break;
            }
            inodes[count++] =
                    Bytes.s32(bytes, at + Nlmsg.HEADER + table.layout().inode());
            at += Nlmsg.align(size);
        }
        sink.ahead(inodes, count);
    }

    private boolean isOurs(byte[] bytes, int at) {
        return Bytes.s32(bytes, at + Nlmsg.SEQUENCE) == sequence && Bytes.s32(bytes, at + Nlmsg.PORT) == port;
    }

    private Step message(byte[] bytes, int at, int size) {
        interrupted |= (Bytes.u16(bytes, at + Nlmsg.FLAGS) & Nlmsg.FLAG_DUMP_INTERRUPTED) != 0;
        int body = at + Nlmsg.HEADER;
        int length = size - Nlmsg.HEADER;
        int type = Bytes.u16(bytes, at + Nlmsg.TYPE);
        return switch (type) {
            case Nlmsg.DONE -> length < Integer.BYTES ? Step.DONE : verdict(Bytes.s32(bytes, body), Step.DONE);
            case Nlmsg.ERROR ->
                length < Integer.BYTES
                        ? defective("an error without a number")
                        : verdict(Bytes.s32(bytes, body), Step.MORE);
            default -> type < Nlmsg.FIRST_OF_FAMILY ? Step.MORE : socket(bytes, body, length);
        };
    }

    private Step verdict(int number, Step otherwise) {
        errno = -number;
        return number < 0 ? Step.REFUSED : otherwise;
    }

    private Step socket(byte[] bytes, int body, int length) {
        String problem = row.moveTo(bytes, table, body, length);
        if (problem != null) {
            return defective(problem);
        }
        sockets++;
        sink.socket(row);
        return Step.MORE;
    }

    private Step defective(String what) {
        defect = what;
        return Step.DEFECTIVE;
    }

    /// What a step other than [Step#MORE] means for the attempt.
    Pass pass(Step step) {
        return switch (step) {
            case MORE -> throw new IllegalArgumentException("the reply has not come to an end");
            case DONE -> interrupted ? new Pass.Interrupted(sockets) : new Pass.Complete(sockets);
            case REFUSED -> Pass.refused(errno);
            case DEFECTIVE -> new Pass.Defective(defect);
        };
    }
}
