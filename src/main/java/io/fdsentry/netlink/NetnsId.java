package io.fdsentry.netlink;

import org.jspecify.annotations.Nullable;

/// Which network namespace a process lives in.
///
/// @param key inode of its `/proc/PID/net/tcp`: readable without rights, the same for every process of the
/// namespace, different from that of every other living one; compare namespaces by this alone
/// @param inode of the namespace itself, as `ls -l /proc/PID/ns/net` and `lsns` show it; null where it may not
/// be read
public record NetnsId(long key, @Nullable Long inode) {
    /// The value of the label `netns`: [#inode] where it is known, else [#key]. Take it from a process of the
    /// namespace that knows it.
    public String label() {
        return Long.toString(inode == null ? key : inode);
    }
}
