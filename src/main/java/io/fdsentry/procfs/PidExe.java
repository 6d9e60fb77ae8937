package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// The program a process runs, from the link `/proc/PID/exe`
/// ([proc_pid_exe(5)](https://man7.org/linux/man-pages/man5/proc_pid_exe.5.html)). Needs the right to look into the
/// process; a kernel thread and a zombie have none.
///
/// @param path as in the mount namespace of the process
/// @param deleted whether that file is gone, as after an upgrade of its package
public record PidExe(String path, boolean deleted) {
    private static final String DELETED = " (deleted)";

    public static Outcome<PidExe> read(ProcFs procfs, int pid) {
        return procfs.link(pid + "/exe", PidExe::parse);
    }

    static PidExe parse(byte[] link) {
        String text = ProcText.decode(link);
        return text.endsWith(DELETED)
                ? new PidExe(text.substring(0, text.length() - DELETED.length()), true)
                : new PidExe(text, false);
    }

    /// Whether the program has no file (memfd_create(2)): its name is then often new with every start.
    public boolean isInMemory() {
        return path.startsWith("/memfd:");
    }

    /// The file name, as in `nginx` of `/usr/sbin/nginx`; made of bytes the process chose, so not yet fit to be
    /// shown.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
