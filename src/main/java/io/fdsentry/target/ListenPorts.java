package io.fdsentry.target;

import io.fdsentry.model.ProcessId;

/// What the selector `listen_port` needs to know and this room cannot: sockets are the sampler's.
@FunctionalInterface
public interface ListenPorts {
    /// Where nobody knows.
    ListenPorts UNKNOWN = (process, port) -> Answer.UNDECIDED;

    /// Whether a process holds a TCP socket that listens on a port. Asked every round, as long as it does not,
    /// for each process of which all else holds; so it must be cheap when nothing changed.
    Answer listens(ProcessId process, int port);
}
