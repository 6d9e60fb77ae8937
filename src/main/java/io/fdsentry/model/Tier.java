package io.fdsentry.model;

/// How much of a process may be seen; found out at run time for each process, never assumed.
/// The ordinal is the value of `fdsentry_process_access_tier`.
public enum Tier {
    /// Fd count, limits, threads, start time and the TCP table of the network namespace.
    COUNTS("counts: the number of fds, limits, threads, and the network namespace's TCP table"),
    /// Same uid and gid: everything in this network namespace.
    OWN("own: everything in this network namespace, of processes with fdsentry's uid and gid"),
    /// Uid 0 with SYS_PTRACE and DAC_READ_SEARCH: every process; no byte times in other network namespaces.
    ANY("any: every process; no byte times in other network namespaces"),
    /// SYS_ADMIN besides, for setns(2): byte times in every network namespace.
    NODE("node: every process, with byte times in every network namespace");

    private final String words;

    Tier(String words) {
        this.words = words;
    }

    /// What it gives, for a person.
    public String words() {
        return words;
    }
}
