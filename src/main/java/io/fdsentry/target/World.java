package io.fdsentry.target;

import org.jspecify.annotations.Nullable;

/// What the conditions of one round are held against, besides the process itself.
///
/// @param ports who listens where
/// @param pidFiles what pid files say
/// @param names of containers
/// @param self the number of fdsentry itself; null where it is not in this procfs
record World(
        ListenPorts ports,
        PidFiles pidFiles,
        ContainerNames names,
        @Nullable Integer self) {
    boolean isSelf(Known known) {
        return self != null && self == known.id().pid();
    }
}
