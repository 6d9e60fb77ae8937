package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// The arguments of a process, from `/proc/PID/cmdline`
/// ([proc_pid_cmdline(5)](https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html)); readable by everybody.
/// The process may overwrite them (nginx, PostgreSQL and sshd do). For selectors only: arguments hold secrets and
/// are never exported.
public final class PidCmdline {
    private PidCmdline() {}

    /// The arguments with a space for each NUL between them; empty for a zombie and a kernel thread. At most the
    /// first MiB.
    public static Outcome<String> read(ProcFs procfs, int pid) {
        return procfs.read(pid + "/cmdline", PidCmdline::parse);
    }

    static String parse(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        byte[] words = new byte[end];
        for (int i = 0; i < end; i++) {
            words[i] = text[i] == 0 ? (byte) ' ' : text[i];
        }
        return ProcText.decode(words);
    }
}
