package io.fdsentry.model;

/// A process beyond the reuse of its number: pid and the start time in clock ticks since boot
/// (`starttime`, field 22 of [proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)).
///
/// @param pid process id as the reader's procfs shows it
/// @param startTicks clock ticks (100 a second on every Linux we run on) between boot and its start
public record ProcessId(int pid, long startTicks) implements Comparable<ProcessId> {
    @Override
    public int compareTo(ProcessId other) {
        int byPid = Integer.compare(pid, other.pid);
        return byPid != 0 ? byPid : Long.compare(startTicks, other.startTicks);
    }
}
