/// Evidence: what is kept of a process that leaks, for after the restart that ends the outage.
///
/// Watches the boards go by, remembers a little of every process and more of suspected ones, and makes a record
/// when suspicion starts, is confirmed, becomes urgent, and when a suspected process ends. Records go to files
/// within bounds, to the log as one line each, and to an URL if there is one; all of it on threads of its own. It
/// samples nothing and judges nothing. A record never holds environment, arguments, payload or memory contents.
@NullMarked
package io.fdsentry.evidence;

import org.jspecify.annotations.NullMarked;
