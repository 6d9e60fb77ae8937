package io.fdsentry.testing;

import java.util.List;

/// Commands that a filter of [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) forbids
/// something, as the profile of a container may.
public final class Seccomp {
    /// socket(2) with `AF_NETLINK` fails with the errno that is the first argument; the rest is the command.
    private static final String WITHOUT_NETLINK = """
            import ctypes, os, struct, sys
            errno, socket = int(sys.argv[1]), {'x86_64': 41, 'aarch64': 198}[os.uname().machine]
            steps = [
                (0x20, 0, 0, 0),               # load the number of the call
                (0x15, 0, 3, socket),          # another: allow
                (0x20, 0, 0, 16),              # load its first argument
                (0x15, 0, 1, 16),              # not AF_NETLINK: allow
                (0x06, 0, 0, 0x50000 | errno), # SECCOMP_RET_ERRNO
                (0x06, 0, 0, 0x7fff0000),      # SECCOMP_RET_ALLOW
            ]
            """;

    /// The process dies of ptrace(2), of each call that sends a signal to others and of process_vm_writev(2); the
    /// arguments from the second on are the command.
    private static final String WITHOUT_TOUCHING = """
            import ctypes, os, struct, sys
            forbidden = {
                'x86_64': [101, 62, 200, 234, 129, 297, 424, 311],
                'aarch64': [117, 129, 130, 131, 138, 240, 424, 271],
            }[os.uname().machine]
            steps = [(0x20, 0, 0, 0)]             # load the number of the call
            for call in forbidden:
                steps.append((0x15, 0, 1, call))  # another: go on
                steps.append((0x06, 0, 0, 0x80000000)) # SECCOMP_RET_KILL_PROCESS
            steps.append((0x06, 0, 0, 0x7fff0000)) # SECCOMP_RET_ALLOW
            """;

    private static final String EXECUTE = """
            program = b''.join(struct.pack('HBBI', *step) for step in steps)
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
        return List.of(Needs.program("python3").toString(), "-c", WITHOUT_NETLINK + EXECUTE, Integer.toString(errno));
    }

    /// The start of a command line whose rest dies when it traces, stops or writes to another process, or sends it a
    /// signal.
    public static List<String> withoutTouchingOthers() {
        return List.of(Needs.program("python3").toString(), "-c", WITHOUT_TOUCHING + EXECUTE, "-");
    }
}
