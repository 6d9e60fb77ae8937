package io.fdsentry.sample.runtime;

import io.fdsentry.config.GoroutineSource;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.HsPerfData;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.TargetProcess;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the runtimes inside processes, each by the source that is configured for its target. Forgets a process with
/// the round that did not ask for it.
public final class RuntimeProbe implements AutoCloseable {
    private static final long JVM_EVERY = TimeUnit.SECONDS.toNanos(1);

    /// What may be kept of all processes together, in bytes: with the launcher's heap, of 480,000 goroutines. Where
    /// that is not enough some are counted and not walked.
    private static final long MOST_KEPT = Runtime.getRuntime().maxMemory() / 4;

    private final ProcFs procfs;
    private final Background background = new Background();
    private final Map<ProcessId, GoProcess> goProcesses = new ConcurrentHashMap<>();
    private final Map<ProcessId, Jvm> jvms = new ConcurrentHashMap<>();
    private long kept;
    private Round round = new Round(0, 0, _ -> false, () -> 0);

    private static final class Jvm {
        final Answer<Outcome<Threads.Jvm>> answer;
        int round;

        Jvm(Answer<Outcome<Threads.Jvm>> answer) {
            this.answer = answer;
        }
    }

    public RuntimeProbe(ProcFs procfs) {
        this.procfs = procfs;
    }

    public void begin(Round now) {
        round = now;
        kept = goProcesses.values().stream().mapToLong(GoProcess::heapBytes).sum();
    }

    /// Whether [#ports] should be called for a process, since it is looked for a port of it.
    ///
    /// @param alone whether it is the only process of its target
    public boolean wantsPorts(TargetProcess process, boolean alone) {
        return switch (process.target().goroutines()) {
            case GoroutineSource.Native _, GoroutineSource.Off _ -> false;
            case GoroutineSource.Auto _, GoroutineSource.Pprof _, GoroutineSource.Metrics _ ->
                of(process).wantsPorts(round, alone);
        };
    }

    /// @param listening the addresses a process listens on, as they are reached from here
    public void ports(TargetProcess process, List<InetSocketAddress> listening) {
        of(process).ports(listening, round.number());
    }

    /// The goroutines of a process; null where it has none, or nothing is known yet.
    ///
    /// @param alone whether it is the only process of its target
    /// @param suspected whether it is worth a closer look
    public @Nullable Outcome<Goroutines> goroutines(TargetProcess process, boolean alone, boolean suspected) {
        if (process.target().goroutines() instanceof GoroutineSource.Off) {
            return null;
        }
        GoProcess known = of(process);
        long others = kept - known.heapBytes();
        Outcome<Goroutines> read = known.read(process, round.withRoom(MOST_KEPT - others), alone, suspected);
        kept = others + known.heapBytes();
        return read;
    }

    private GoProcess of(TargetProcess process) {
        GoProcess known = goProcesses.get(process.id());
        if (known == null || !known.suits(process)) {
            known = new GoProcess(procfs, background, process);
            goProcesses.put(process.id(), known);
        }
        known.round = round.number();
        return known;
    }

    /// What a JVM counts itself, as of its last answer; null where it does not tell.
    public Threads.@Nullable Jvm jvm(ProcessId process) {
        Jvm jvm = jvms.computeIfAbsent(
                process, id -> new Jvm(new Answer<>(background, () -> HsPerfData.read(procfs, id.pid()))));
        jvm.round = round.number();
        jvm.answer.ask(round.nanos(), JVM_EVERY);
        Answer.Given<Outcome<Threads.Jvm>> given = jvm.answer.last();
        Threads.Jvm told = given == null ? null : given.value().orNull();
        GoProcess other = told == null ? goProcesses.get(process) : null;
        return other == null ? told : other.jvm();
    }

    /// All goroutines of a process as text, empty where there are none; on any thread but that of the rounds.
    public String dump(ProcessId process, int most) {
        GoProcess known = goProcesses.get(process);
        return known == null ? "" : known.dump(most);
    }

    public void end() {
        goProcesses.values().removeIf(process -> process.round != round.number());
        jvms.values().removeIf(jvm -> jvm.round != round.number());
    }

    @Override
    public void close() {
        background.close();
    }
}
