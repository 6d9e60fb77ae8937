package io.fdsentry.target;

import io.fdsentry.model.ContainerName;

/// Where a process runs, and how much of the name is known.
///
/// @param name its name, with the short id for what is not known
/// @param naming whether that is all there is to know
record Container(ContainerName name, Naming naming) {
    /// A process of the host.
    static final Container HOST = new Container(ContainerName.NONE, Naming.COMPLETE);

    enum Naming {
        /// Nothing is missing; also for processes of the host, which have no such names.
        COMPLETE,
        /// Pod and namespace are known, the container is not.
        NO_CONTAINER,
        /// It is in no Kubernetes pod, and the container's name is not known.
        NO_POD,
        /// It may be in a pod, whose names are not known.
        UNKNOWN;

        /// Whether the kubelet may still tell: it names a container a moment after its start.
        boolean mayBecomeKnown() {
            return this == NO_CONTAINER || this == UNKNOWN;
        }
    }
}
