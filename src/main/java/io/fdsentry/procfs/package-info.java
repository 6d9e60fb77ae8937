/// The kernel's text files: one class for each, which knows its path, its format and its manual page.
///
/// Reading is apart from parsing: a `parse` takes bytes and touches nothing, a `read` returns an
/// [io.fdsentry.model.Outcome] and takes the mount point as a [ProcFs], so that tests point it at a fake tree. What
/// processes are wanted for, and what sockets mean, is the business of the rooms that come after.
@NullMarked
package io.fdsentry.procfs;

import org.jspecify.annotations.NullMarked;
