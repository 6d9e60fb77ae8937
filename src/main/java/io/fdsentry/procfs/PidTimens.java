package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// The time namespace of a process, from the link `/proc/PID/ns/time`
/// ([time_namespaces(7)](https://man7.org/linux/man-pages/man7/time_namespaces.7.html)): in another one, the monotonic
/// clock shows another time.
public final class PidTimens {
    private PidTimens() {}

    /// Whether the monotonic clock of a process shows what ours does. So it is on kernels without such namespaces
    /// (before 5.6); where it cannot be told, it is not.
    public static boolean isOurs(ProcFs procfs, int pid) {
        return switch (read(procfs, "self")) {
            case Outcome.Seen<String>(String ours) ->
                read(procfs, Integer.toString(pid)) instanceof Outcome.Seen<String>(String its) && its.equals(ours);
            case Outcome.Gone<String> _ -> true;
            case Outcome.Denied<String> _, Outcome.Unsupported<String> _, Outcome.Failed<String> _ -> false;
        };
    }

    private static Outcome<String> read(ProcFs procfs, String process) {
        return procfs.link(process + "/ns/time", ProcText::decode);
    }
}
