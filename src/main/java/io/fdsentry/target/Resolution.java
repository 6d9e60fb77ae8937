package io.fdsentry.target;

import io.fdsentry.model.TargetSample;
import java.util.List;

/// The processes of one round.
///
/// @param processes those that belong to a target, ordered by identity
/// @param targets every configured target in file order; without any, one for each program, by name
/// @param hidden how many processes are listed and may not be looked at, not even for when they started
/// @param concealed whether procfs is mounted with `hidepid`, so that there may be processes that are not even
/// listed
public record Resolution(List<TargetProcess> processes, List<TargetSample> targets, int hidden, boolean concealed) {
    public Resolution {
        processes = List.copyOf(processes);
        targets = List.copyOf(targets);
    }
}
