package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// The network namespace of a process, from the link `/proc/PID/ns/net`
/// ([namespaces(7)](https://man7.org/linux/man-pages/man7/namespaces.7.html)). Needs the right to look into the
/// process.
public final class PidNetns {
    private PidNetns() {}

    /// Its inode, which names it as long as it lives.
    public static Outcome<Long> read(ProcFs procfs, int pid) {
        return procfs.link(pid + "/ns/net", PidNetns::parse);
    }

    /// The namespace of this process itself.
    public static Outcome<Long> own(ProcFs procfs) {
        return procfs.link("self/ns/net", PidNetns::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static long parse(byte[] link) {
        String text = ProcText.decode(link);
        if (!text.startsWith("net:[") || !text.endsWith("]")) {
            throw new IllegalArgumentException("not a network namespace: " + ProcText.quote(text));
        }
        return Long.parseLong(text.substring("net:[".length(), text.length() - 1));
    }
}
