package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.util.List;
import java.util.Map;

/// What `/proc/PID/status` ([proc_pid_status(5)](https://man7.org/linux/man-pages/man5/proc_pid_status.5.html))
/// says of rights and numbers; readable by everybody.
///
/// @param uid user ids, as seen in the reader's user namespace
/// @param gid group ids, likewise
/// @param threads kernel threads
/// @param nsPids its number in each PID namespace, from the reader's to its own; empty before Linux 4.1
/// @param permitted capabilities it may use, a bit for each
/// @param effective capabilities it uses
public record PidStatus(Ids uid, Ids gid, int threads, List<Integer> nsPids, long permitted, long effective) {
    /// `CAP_*` of `include/uapi/linux/capability.h`, by bit.
    public static final int CAP_DAC_OVERRIDE = 1;

    public static final int CAP_DAC_READ_SEARCH = 2;
    public static final int CAP_SYS_PTRACE = 19;
    public static final int CAP_SYS_ADMIN = 21;

    public PidStatus {
        nsPids = List.copyOf(nsPids);
    }

    /// The four ids of a process; the kernel compares a reader's `fs` with the other's first three.
    public record Ids(int real, int effective, int saved, int fs) {
        /// Whether a process with these may be looked into by one whose file system id is `id`.
        public boolean areAll(int id) {
            return real == id && effective == id && saved == id;
        }
    }

    public static Outcome<PidStatus> read(ProcFs procfs, int pid) {
        return procfs.readOnce(pid + "/status", PidStatus::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static PidStatus parse(byte[] text) {
        Map<String, String> values = ProcText.keyed(text);
        return new PidStatus(
                ids(value(values, "Uid")),
                ids(value(values, "Gid")),
                Integer.parseInt(value(values, "Threads")),
                ProcText.words(values.getOrDefault("NSpid", "")).stream()
                        .map(Integer::valueOf)
                        .toList(),
                Long.parseUnsignedLong(value(values, "CapPrm"), 16),
                Long.parseUnsignedLong(value(values, "CapEff"), 16));
    }

    /// Whether it uses a capability.
    public boolean has(int capability) {
        return (effective >>> capability & 1) != 0;
    }

    private static Ids ids(String text) {
        List<String> words = ProcText.words(text);
        if (words.size() != 4) {
            throw new IllegalArgumentException("not four ids: " + ProcText.quote(text));
        }
        return new Ids(id(words.get(0)), id(words.get(1)), id(words.get(2)), id(words.get(3)));
    }

    private static int id(String word) {
        return Integer.parseUnsignedInt(word);
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no line " + key);
        }
        return value;
    }
}
