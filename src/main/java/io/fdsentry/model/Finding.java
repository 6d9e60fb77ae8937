package io.fdsentry.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A diagnosis that stands. Text fields are empty where unknown.
///
/// @param id `[a-z0-9-]+`, stable while it stands
/// @param process at which process
/// @param target name of its target
/// @param resource what grows
/// @param state how sure
/// @param cause why, as far as can be told
/// @param role the end of the leak this process is at
/// @param sentence the evidence in words, with figures
/// @param peer the peer the leaked connections have in common
/// @param peerProcess target name of the process at the other end
/// @param site where goroutines wait
/// @param since when suspicion began
/// @param growthPerSecond robust slope, null where unknown
/// @param secondsToLimit at that slope, infinite when not growing, null where there is no limit
public record Finding(
        String id,
        ProcessId process,
        String target,
        Resource resource,
        LeakState state,
        Cause cause,
        Role role,
        String sentence,
        String peer,
        String peerProcess,
        String site,
        Instant since,
        @Nullable Double growthPerSecond,
        @Nullable Double secondsToLimit) {

    /// The same with another state.
    public Finding as(LeakState other) {
        return new Finding(
                id,
                process,
                target,
                resource,
                other,
                cause,
                role,
                sentence,
                peer,
                peerProcess,
                site,
                since,
                growthPerSecond,
                secondsToLimit);
    }
}
