package io.fdsentry.procfs;

import io.fdsentry.model.FdKind;

/// A condition on what a descriptor refers to.
@FunctionalInterface
public interface FdPredicate {
    /// @param inode of a socket; 0 for other kinds
    boolean test(FdKind kind, long inode);
}
