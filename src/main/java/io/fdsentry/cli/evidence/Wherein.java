package io.fdsentry.cli.evidence;

import io.fdsentry.model.EvidenceSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that ask for the records of one pod, which may be gone.
final class Wherein {
    @Option(names = "--namespace", paramLabel = "NAME", description = "Only what ran in this Kubernetes namespace.")
    private @Nullable String namespace;

    @Option(names = "--pod", paramLabel = "NAME", description = "Only what ran in the pod of this name.")
    private @Nullable String pod;

    boolean has(EvidenceSummary item) {
        return (namespace == null || namespace.equals(item.container().namespace()))
                && (pod == null || pod.equals(item.container().pod()));
    }
}
