package io.fdsentry.model;

import java.util.Locale;

/// Protocol of a socket descriptor: the label `protocol` of `fdsentry_process_sockets`.
/// `TCP`, `TCPv6`, `MPTCP` and `MPTCPv6` of the kernel are all `tcp`.
public enum Protocol {
    TCP,
    UDP,
    UNIX,
    NETLINK,
    PACKET,
    RAW,
    OTHER;

    /// As labels and JSON write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
