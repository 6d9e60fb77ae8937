/// One immutable `Snapshot` a round: which descriptors and sockets each watched process holds, joined by inode.
///
/// It knows targets, procfs, netlink and golang, and remembers of each socket what the kernel does not keep (when
/// it was first seen, since when it is in its state). It does not know what is made of its snapshots: no verdict,
/// no metric.
@NullMarked
package io.fdsentry.sample;

import org.jspecify.annotations.NullMarked;
