/// From selectors to live processes: which process belongs to which target this round, and what it is called.
///
/// A process is its pid and start ticks. What was decided about it is remembered until it runs another program,
/// so that a round in which nothing changes costs one listing and one small file for each process. It knows the
/// configuration's records and procfs; of sockets it knows only the answer to one question
/// ([io.fdsentry.target.ListenPorts]).
@NullMarked
package io.fdsentry.target;

import org.jspecify.annotations.NullMarked;
