package io.fdsentry.procfs;

import io.fdsentry.libc.ErrnoException;

/// A way to learn what a descriptor refers to. Holds buffers of one thread.
sealed interface FdReader permits FdLinks, FdInfos {
    /// The directory below `/proc/PID` it reads.
    String directory();

    /// Whether it tells all kinds apart.
    boolean tellsKinds();

    /// Adds the current entry to a listing.
    ///
    /// @param directory open
    /// @throws ErrnoException with ENOENT if it was closed in the meantime
    void read(int directory, NumberedEntries entries, FdListing into) throws ErrnoException;
}
