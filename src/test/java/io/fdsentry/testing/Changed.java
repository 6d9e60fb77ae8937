package io.fdsentry.testing;

import io.fdsentry.model.ContainerName;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import org.jspecify.annotations.Nullable;

/// Samples of processes that differ in one thing.
public final class Changed {
    private Changed() {}

    /// Another process by that name, which is its target's and its command's.
    public static ProcessSample copied(ProcessSample process, ProcessId id, String name) {
        return with(process, id, name, name, process.container(), process.limits());
    }

    /// The same program as one of another target.
    public static ProcessSample ofTarget(ProcessSample process, String target) {
        return with(process, process.id(), target, process.command(), process.container(), process.limits());
    }

    /// The same in a container.
    public static ProcessSample inside(ProcessSample process, ContainerName container) {
        return with(process, process.id(), process.target(), process.command(), container, process.limits());
    }

    /// The same with another limit of descriptors.
    ///
    /// @param limit null: none
    public static ProcessSample limited(ProcessSample process, @Nullable Long limit) {
        Outcome<FdLimits> limits = Outcome.seen(new FdLimits(limit, limit, limit));
        return with(process, process.id(), process.target(), process.command(), process.container(), limits);
    }

    private static ProcessSample with(
            ProcessSample process,
            ProcessId id,
            String target,
            String command,
            ContainerName container,
            Outcome<FdLimits> limits) {
        return new ProcessSample(
                id,
                target,
                command,
                container,
                process.startTime(),
                process.tier(),
                process.openFds(),
                process.fdKinds(),
                limits,
                process.sockets(),
                process.idle(),
                process.threads(),
                process.goroutines());
    }
}
