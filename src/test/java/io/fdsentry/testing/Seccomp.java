package io.fdsentry.testing;

import java.util.List;

/// Commands that a filter of [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) forbids
/// something, as the profile of a container may.
public final class Seccomp {
    /// socket(2) with `AF_NETLINK` fails with the errno that is the first argument; the rest is the command.
    private static final String WITHOUT_NETLINK = """
            import ctypes, os, struct, sys
            errno, socket = int(sys.argv[1]), {'x86_64': 41, 'aarch64': 198}[os.uname().machine]
            program = b''.join(struct.pack('HBBI', *step) for step in [
                (0x20, 0, 0, 0),               # load the number of the call
                (0x15, 0, 3, socket),          # another: allow
                (0x20, 0, 0, 16),              # load its first argument
                (0x15, 0, 1, 16),              # not AF_NETLINK: allow
                (0x06, 0, 0, 0x50000 | errno), # SECCOMP_RET_ERRNO
                (0x06, 0, 0, 0x7fff0000),      # SECCOMP_RET_ALLOW
            ])
            steps = ctypes.create_string_buffer(program, len(program))
            filter = ctypes.create_string_buffer(struct.pack('HxxxxxxP', len(program) // 8, ctypes.addressof(steps)))
            libc = ctypes.CDLL(None, use_errno=True)
            assert libc.prctl(38, 1, 0, 0, 0) == 0 # PR_SET_NO_NEW_PRIVS
            assert libc.prctl(22, 2, filter) == 0, ctypes.get_errno() # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
            os.execvp(sys.argv[2], sys.argv[2:])
            """;

    private Seccomp() {}

    /// The start of a command line whose rest runs without netlink sockets.
    ///
    /// @param errno what socket(2) says to them, such as 1 for EPERM
    public static List<String> withoutNetlink(int errno) {
        return List.of(Needs.program("python3").toString(), "-c", WITHOUT_NETLINK, Integer.toString(errno));
    }
}
