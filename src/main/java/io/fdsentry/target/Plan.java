package io.fdsentry.target;

import io.fdsentry.model.TargetSample;
import java.util.List;

/// How processes are assigned to targets.
sealed interface Plan permits NamedTargets, EveryProgram {
    /// Sets the owner of each process.
    ///
    /// @return every target with its number of processes
    List<TargetSample> assign(Census census, World world);

    /// Whether a target of that name matches the same processes as under an earlier plan.
    boolean keeps(String name, Plan earlier);
}
