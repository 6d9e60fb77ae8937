package io.fdsentry.sample.runtime;

import io.fdsentry.config.GoroutineSource;
import io.fdsentry.golang.GoBuild;
import io.fdsentry.golang.http.OwnMetrics;
import io.fdsentry.golang.http.Pprof;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.TargetProcess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One process and where its goroutines are read.
final class GoProcess {
    /// Rounds after which a program that could not be read is tried again.
    private static final int TRY_AGAIN = 20;

    private final ProcFs procfs;
    private final GoroutineSource configured;
    private final Duration blockedAfter;
    private final @Nullable MemorySource memory;
    private final @Nullable HttpSource http;
    private final @Nullable Discovery discovery;
    private Outcome<GoBuild> build = Outcome.gone();
    private int buildRound;
    private @Nullable PidStat statOfBuild;
    private List<InetSocketAddress> ports = List.of();
    private int portsRound;
    int round;

    GoProcess(ProcFs procfs, Background background, TargetProcess process) {
        this.procfs = procfs;
        configured = process.target().goroutines();
        blockedAfter = blockedAfter(process);
        memory = switch (configured) {
            case GoroutineSource.Native _, GoroutineSource.Auto _ ->
                new MemorySource(procfs, process.id(), process.target().name());
            case GoroutineSource.Off _, GoroutineSource.Pprof _, GoroutineSource.Metrics _ -> null;
        };
        http = switch (configured) {
            case GoroutineSource.Pprof(URI url) -> new HttpSource.OfPprof(background, new Pprof(url), blockedAfter);
            case GoroutineSource.Metrics(URI url) -> new HttpSource.OfMetrics(background, new OwnMetrics(url));
            case GoroutineSource.Native _, GoroutineSource.Auto _, GoroutineSource.Off _ -> null;
        };
        discovery = configured instanceof GoroutineSource.Auto ? new Discovery(background, blockedAfter) : null;
    }

    private static Duration blockedAfter(TargetProcess process) {
        return process.target().detection().scaled(process.target().detection().blockedAfter());
    }

    /// Whether it was made for the configuration that is in force.
    boolean suits(TargetProcess process) {
        return configured.equals(process.target().goroutines()) && blockedAfter.equals(blockedAfter(process));
    }

    /// Whether it has to be told which ports the process listens on.
    ///
    /// @param alone whether it is the only process of its target
    boolean wantsPorts(Round now, boolean alone) {
        return discovery != null && memory != null && discovery.wantsPorts(now.number())
                || http != null && !alone && (portsRound == 0 || now.number() - portsRound >= TRY_AGAIN);
    }

    void ports(List<InetSocketAddress> listening, int number) {
        portsRound = number;
        ports = listening;
        if (discovery != null) {
            discovery.ports(listening);
        }
    }

    /// Null where there are no goroutines to be read, or nothing is known yet.
    @Nullable
    Outcome<Goroutines> read(TargetProcess process, Round now, boolean alone, boolean suspected) {
        return switch (configured) {
            case GoroutineSource.Off _ -> null;
            case GoroutineSource.Native _ -> fromMemory(process, now, suspected);
            case GoroutineSource.Auto _ -> fromAnywhere(process, now, suspected);
            case GoroutineSource.Pprof(URI url) -> overHttp(url, now, alone, suspected);
            case GoroutineSource.Metrics(URI url) -> overHttp(url, now, alone, suspected);
        };
    }

    private @Nullable Outcome<Goroutines> fromMemory(TargetProcess process, Round now, boolean suspected) {
        if (memory == null || !isGo(process, now)) {
            return null;
        }
        return build.isSeen()
                ? memory.read(now, blockedAfter, suspected)
                : build.flatMap(_ -> Outcome.unsupported("not a Go program"));
    }

    /// Whether it is a Go program as far as can be told: one that may not be looked at may be one.
    private boolean isGo(TargetProcess process, Round now) {
        PidStat before = statOfBuild;
        boolean other = before == null || process.stat().maybeOtherProgram(before);
        boolean open = !build.isSeen() && !(build instanceof Outcome.Unsupported);
        if (other || open && now.number() - buildRound >= TRY_AGAIN) {
            build = GoBuild.read(procfs, process.id().pid());
            statOfBuild = process.stat();
            buildRound = now.number();
            if (other && memory != null) {
                memory.forget();
            }
        }
        return GoBuild.isPossible(build);
    }

    private @Nullable Outcome<Goroutines> fromAnywhere(TargetProcess process, Round now, boolean suspected) {
        Outcome<Goroutines> read = fromMemory(process, now, suspected);
        if (read == null || read.isSeen() || read instanceof Outcome.Gone || discovery == null) {
            return read;
        }
        HttpSource found = discovery.source(now.nanos());
        Outcome<Goroutines> told = found == null ? null : found.read(now.nanos(), suspected);
        return told == null || !told.isSeen() ? read : told.map(seen -> instead(seen, read));
    }

    private static Goroutines instead(Goroutines seen, Outcome<?> refused) {
        return new Goroutines(
                seen.source(),
                seen.count(),
                seen.blocked(),
                seen.sites(),
                seen.age(),
                "memory: " + Reasons.of(refused));
    }

    /// One URL is of one process: where a target has several, of the one that listens there.
    private @Nullable Outcome<Goroutines> overHttp(URI url, Round now, boolean alone, boolean suspected) {
        if (http == null) {
            return null;
        }
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        if (!alone && ports.stream().noneMatch(own -> own.getPort() == port)) {
            return Outcome.unsupported(
                    "the target has several processes, and this one does not listen on port " + port);
        }
        return http.read(now.nanos(), suspected);
    }

    /// What is kept of it from round to round.
    long heapBytes() {
        return memory == null ? 0 : memory.heapBytes();
    }

    /// Threads as its own metrics count them; null where they do not.
    Threads.@Nullable Jvm jvm() {
        return http == null ? null : http.jvm();
    }

    /// All stacks as text, from the source that is used; on any thread but that of the rounds.
    String dump(int most) {
        String text = memory == null ? "" : memory.dump(most);
        HttpSource other = http == null && discovery != null ? discovery.source() : http;
        return text.isEmpty() && other != null ? other.dump(most) : text;
    }
}
