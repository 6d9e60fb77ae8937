package io.fdsentry.target;

import io.fdsentry.model.ContainerName;
import java.util.HashSet;
import java.util.Set;

/// Pods that bring a fdsentry of their own, in a container of that name: the one on the node leaves them to it,
/// or each of their processes would be told twice. The pod we are in ourselves is none of them.
///
/// @param names of containers
/// @param pods `NAMESPACE/POD`
record OwnWatch(ContainerNames names, Set<String> pods) {
    private static final String CONTAINER = "fdsentry";

    static OwnWatch of(Census census, World world) {
        Set<String> pods = new HashSet<>();
        String ours = "";
        for (Known known : census.live()) {
            ContainerName name = container(known, world.names());
            if (world.isSelf(known)) {
                ours = pod(name);
            } else if (name.container().equals(CONTAINER) && !name.pod().isEmpty()) {
                pods.add(pod(name));
            }
        }
        pods.remove(ours);
        return new OwnWatch(world.names(), pods);
    }

    boolean watches(Known known) {
        return !pods.isEmpty() && pods.contains(pod(container(known, names)));
    }

    private static ContainerName container(Known known, ContainerNames names) {
        Container container = known.facts().container(names).orNull();
        return container == null ? ContainerName.NONE : container.name();
    }

    private static String pod(ContainerName name) {
        return name.namespace() + "/" + name.pod();
    }
}
