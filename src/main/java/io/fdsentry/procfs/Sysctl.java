package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// Settings of the kernel that are a single number, from `/proc/sys`
/// ([proc_sys(5)](https://man7.org/linux/man-pages/man5/proc_sys.5.html)); readable by everybody. Not there where
/// procfs is mounted with `subset=pid`, or where the kernel was built without.
public enum Sysctl {
    /// The most a process may raise its RLIMIT_NOFILE to.
    NR_OPEN("fs/nr_open"),
    /// The most threads of the whole machine.
    THREADS_MAX("kernel/threads-max"),
    /// One above the highest process id.
    PID_MAX("kernel/pid_max"),
    /// Who may read the memory of a process of the same user: 0 anyone, 1 its ancestors, 2 holders of
    /// CAP_SYS_PTRACE, 3 nobody ([Yama](https://docs.kernel.org/admin-guide/LSM/Yama.html)).
    YAMA_PTRACE_SCOPE("kernel/yama/ptrace_scope");

    private final String file;

    Sysctl(String file) {
        this.file = "sys/" + file;
    }

    public Outcome<Long> read(ProcFs procfs) {
        Outcome<Long> value = procfs.readOnce(file, Sysctl::parse);
        return value instanceof Outcome.Gone ? Outcome.unsupported("no " + procfs.path(file)) : value;
    }

    /// @throws IllegalArgumentException if it is something else
    static long parse(byte[] text) {
        String value = ProcText.decode(text).strip();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + ProcText.quote(value), e);
        }
    }
}
