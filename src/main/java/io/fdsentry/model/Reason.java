package io.fdsentry.model;

import java.util.Locale;

/// Why a probe could not tell: the values of the label `reason` of `fdsentry_process_probe_info`.
public enum Reason {
    /// Another uid or gid, and no capability that overrides it.
    PERMISSION("run fdsentry with the target's uid and gid, or as uid 0 with SYS_PTRACE and DAC_READ_SEARCH"),
    /// The target changed its uid without an exec, or switched dumping off (prctl(2), PR_SET_DUMPABLE).
    NOT_DUMPABLE("run fdsentry as uid 0 with SYS_PTRACE and DAC_READ_SEARCH"),
    /// Yama's ptrace_scope forbids reading the memory of processes that are not descendants.
    YAMA("give fdsentry CAP_SYS_PTRACE, or set kernel.yama.ptrace_scope to 0 on the node"),
    /// procfs is mounted with hidepid.
    HIDEPID("run fdsentry with the target's uid, in the group of procfs' gid= option, or with SYS_PTRACE"),
    /// The target lives in a network namespace that cannot be entered.
    OTHER_NETNS("share the network namespace with the target, or add SYS_ADMIN, used for setns alone"),
    /// The kernel, architecture or runtime of the target does not offer it.
    UNSUPPORTED("nothing to do: this kernel or target does not offer it"),
    /// Left out this round to keep the sampler within `sampling.budget`.
    BUDGET("raise sampling.budget or sampling.interval"),
    /// An unexpected error; the log has its text.
    FAILED("see fdsentry's log");

    private final String remedy;

    Reason(String remedy) {
        this.remedy = remedy;
    }

    /// What a person can do about it, in words.
    public String remedy() {
        return remedy;
    }

    /// The value as labels and JSON write it, such as `other_netns`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
