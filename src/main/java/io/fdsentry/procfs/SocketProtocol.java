package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Protocol;

/// The protocol of a socket, from the extended attribute `system.sockprotoname` of `/proc/PID/fd/N`
/// (`net/socket.c`, `sockfs_xattr_get`): also of one that is in no protocol table. Needs the right to read the
/// link. Holds a buffer: for one thread.
public final class SocketProtocol {
    private static final int NAME_MAX = 64;

    private final ProcFs procfs;
    private final NativeBuffer name = new NativeBuffer(NAME_MAX);

    public SocketProtocol(ProcFs procfs) {
        this.procfs = procfs;
    }

    /// @param fd of a socket; Unsupported if it is none, or if this kernel keeps no such attribute
    public Outcome<Protocol> read(int pid, int fd) {
        try {
            int length = Libc.getxattr(procfs.path(pid + "/fd/" + fd), "system.sockprotoname", name);
            byte[] text = new byte[length];
            name.bytes().get(0, text);
            return Outcome.seen(parse(text));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.EOPNOTSUPP, Errno.ENODATA, Errno.ERANGE -> Outcome.unsupported(e.getMessage());
                default -> procfs.outcome(e);
            };
        }
    }

    /// @param text the name a protocol has in the kernel (`struct proto`), and a NUL
    static Protocol parse(byte[] text) {
        return switch (new String(text, US_ASCII).replace("\0", "")) {
            case "TCP", "TCPv6", "MPTCP", "MPTCPv6" -> Protocol.TCP;
            case "UDP", "UDPv6", "UDP-Lite", "UDPLITEv6" -> Protocol.UDP;
            case "UNIX", "UNIX-STREAM" -> Protocol.UNIX;
            case "NETLINK" -> Protocol.NETLINK;
            case "PACKET" -> Protocol.PACKET;
            case "RAW", "RAWv6" -> Protocol.RAW;
            default -> Protocol.OTHER;
        };
    }
}
