/// The kernel's socket tables over netlink: one dump of sock_diag(7) for each protocol and network namespace.
///
/// [SockDiag][io.fdsentry.netlink.SockDiag] sends what `DiagRequest` writes and hands every socket of the reply
/// to a [SocketSink][io.fdsentry.netlink.SocketSink]; `DumpReader` checks the messages and
/// [SocketRow][io.fdsentry.netlink.SocketRow] reads their fields in place. Requests and replies are pure and
/// tested with bytes; the calls are those of `libc`.
///
/// It knows nothing of processes, descriptors or what a row means to anyone: it says which sockets there are.
///
/// # How an MPTCP socket appears
///
/// Go has listened with MPTCP by default since 1.24. Seen on Linux 6.18, and on 6.1 but for the byte times:
///
/// - A connection that speaks MPTCP is one row of [SocketTable#MPTCP][io.fdsentry.netlink.SocketTable#MPTCP]
///   and one row of [SocketTable#TCP][io.fdsentry.netlink.SocketTable#TCP] for each subflow. They all carry the
///   inode of the one descriptor, and the subflows are [marked][io.fdsentry.netlink.SocketRow#isSubflow()].
/// - The state of the descriptor is that of the MPTCP row: when the peer has closed, that row says CLOSE_WAIT
///   while the subflow stays ESTABLISHED. So does `ss -tan`; only `ss -M` tells. If the peer was a process that
///   closed its descriptor, both rows vanish after `net.mptcp.close_timeout` (60 s) and the descriptor is in no
///   table any more.
/// - Keepalive timers run on subflows only; byte times are in both, in the MPTCP row from Linux 6.10 on. The
///   least of them counts. The receive queue of the MPTCP row is memory charged, not bytes: 837 for 5.
/// - A listener is in both tables with one inode.
/// - A connection accepted from a peer without MPTCP is an ordinary TCP row, not a subflow, whatever the
///   listener is. One opened with MPTCP to a peer without it is in both tables, its TCP row marked as subflow;
///   the MPTCP row follows it a moment later.
///
/// Hence the rule for whoever joins rows to descriptors: by inode; where an MPTCP row has it, that row gives
/// state and peer, and the subflows only timer and byte times. A count of a namespace's TCP table, as in
/// `/proc/net/tcp` and `ss -tan`, is that of the TCP rows.
///
/// # What a dump costs
///
/// CPU time for each of 62,000 TCP sockets on Linux 6.18, kernel and program together, in microseconds, as
/// `SockDiagBench` beside the tests prints it:
///
/// | who | states | with byte times |
/// |---|---|---|
/// | C, hand-written, that adds up inodes | 0.37 - 0.40 | 0.46 - 0.49 |
/// | this, C1 only | 0.42 - 0.43 | 0.51 - 0.55 |
/// | this, all compilers | 0.40 | 0.49 - 0.53 |
///
/// In a namespace without a socket the same host takes 3.6 ms for TCP and 0.7 ms for MPTCP, since the tables are
/// those of all namespaces; UDP takes 40 us, the others less.
@NullMarked
package io.fdsentry.netlink;

import org.jspecify.annotations.NullMarked;
