package io.fdsentry.detect;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.TcpState;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The proxies of a service mesh, which stand between the app beside them and its peers and keep what those keep:
/// held, until it is seen that one of them does not close what everybody else has closed.
///
/// A proxy is what the configuration calls `mesh-proxy` (`deploy/k8s/sidecar/mesh-proxy.yaml`), and without that
/// Envoy or Linkerd's proxy in a container beside another container of its pod: one that stands alone is a
/// gateway, whose connections are its own.
final class MeshProxies {
    /// The target's name in the preset.
    static final String TARGET = "mesh-proxy";

    private static final Set<String> PROGRAMS = Set.of("envoy", "linkerd2-proxy");

    private final Set<ProcessId> proxies;
    private final boolean appsAreSeen;

    private MeshProxies(Set<ProcessId> proxies, boolean appsAreSeen) {
        this.proxies = proxies;
        this.appsAreSeen = appsAreSeen;
    }

    /// Those among the processes of a round.
    static MeshProxies among(Collection<ProcessSample> processes) {
        Set<ProcessId> proxies = new HashSet<>();
        boolean seen = true;
        for (ProcessSample process : processes) {
            if (process.target().equals(TARGET)
                    || PROGRAMS.contains(process.command())
                            && processes.stream().anyMatch(other -> isBeside(process, other))) {
                proxies.add(process.id());
            } else {
                seen &= process.sockets().isSeen();
            }
        }
        return new MeshProxies(proxies, seen);
    }

    /// Whether the other is in another container of the same pod.
    private static boolean isBeside(ProcessSample proxy, ProcessSample other) {
        return !proxy.container().id().isEmpty()
                && !other.container().id().isEmpty()
                && !proxy.container().id().equals(other.container().id())
                && proxy.container().pod().equals(other.container().pod())
                && proxy.container().namespace().equals(other.container().namespace());
    }

    boolean contains(@Nullable ProcessId process) {
        return process != null && proxies.contains(process);
    }

    /// Whether what rises at a process is that of others. It is a proxy's own where connections stay that the far
    /// end has closed, and nobody beside it keeps any: a proxy passes a close on.
    ///
    /// @param leaked the state of the leaked connections; null where they were not listed
    /// @param rising processes of which connections rise
    boolean isBetween(ProcessId process, @Nullable TcpState leaked, Set<ProcessId> rising) {
        boolean itsOwn = leaked == TcpState.CLOSE_WAIT && appsAreSeen && proxies.containsAll(rising);
        return contains(process) && !itsOwn;
    }

    /// A proxy whose requests hang waits for somebody: who that is has to say so.
    static Finding withoutHanging(Finding finding) {
        return finding.cause() == Cause.DEADLOCKED_HANDLERS && finding.state() == LeakState.URGENT
                ? finding.as(LeakState.CONFIRMED)
                : finding;
    }
}
