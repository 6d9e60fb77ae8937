package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// The kernel's name of a process, at most 15 bytes, from `/proc/PID/comm`
/// ([proc_pid_comm(5)](https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html)); readable by everybody.
/// [PidStat] has it too, at no further cost.
public final class PidComm {
    private PidComm() {}

    public static Outcome<String> read(ProcFs procfs, int pid) {
        return procfs.readOnce(pid + "/comm", PidComm::parse);
    }

    /// All but the newline the kernel adds: the name itself may hold more.
    static String parse(byte[] text) {
        String name = ProcText.decode(text);
        return name.endsWith("\n") ? name.substring(0, name.length() - 1) : name;
    }
}
