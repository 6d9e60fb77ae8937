package io.fdsentry.golang;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.ProcFs;
import java.time.Duration;

/// The goroutines of one Go process, read from its memory while it runs on: `process_vm_readv(2)`, never ptrace,
/// a stop or a signal. Needs what ptrace(2) calls PTRACE_MODE_ATTACH_FSCREDS; whoever has it can read all secrets
/// of the process, and this reads the runtime's own structures and the frames of stacks.
///
/// One thread at a time. Every answer is [Outcome.Gone] once the process ended or runs another program (then
/// attach again), [Outcome.Denied] where its memory may not be read, [Outcome.Unsupported] for what is known not
/// to work.
public final class NativeGoroutines {
    private final GoProcess process;
    private final Census census;
    private final Walk walk;
    private final Agreement agreement = new Agreement();

    private NativeGoroutines(GoProcess process) {
        this.process = process;
        census = new Census(process.memory(), process.variables(), process.layout());
        walk = new Walk(process);
    }

    /// Finds the runtime in the process and checks that what it finds there fits together; some milliseconds.
    ///
    /// @return [Outcome.Unsupported] with the reason for anything but a Go program of a release whose layout is
    ///     known; [GoBuild#read] tells these apart
    public static Outcome<NativeGoroutines> attach(ProcFs procfs, ProcessId process) {
        try {
            NativeGoroutines attached = new NativeGoroutines(GoProcess.find(procfs, process));
            SelfTest.check(attached.process, attached.census);
            return Outcome.seen(attached);
        } catch (Unreadable e) {
            return e.outcome();
        }
    }

    /// What the program says of how it was built.
    public GoBuild build() {
        return process.build();
    }

    /// How many there are, by the formula of `runtime.NumGoroutine`; 20 µs, however many.
    public Outcome<Integer> count() {
        return checked(() -> {
            agreement.check();
            return census.count();
        });
    }

    /// Looks at every goroutine. A wait is told by its second look, at which its place is read, once.
    ///
    /// Sleepers and the runtime's own goroutines are no part of the blocked ones.
    ///
    /// @param blockedAfter what is blocked at least this long is told; zero: whatever waited already at the last
    ///     walk
    /// @param nanos the monotonic clock as [System#nanoTime] has it: the one the Go runtime uses itself
    /// @return [Outcome.Denied] for [io.fdsentry.model.Reason#BUDGET] where there were once more than half a
    ///     million: the runtime never forgets any
    public Outcome<Goroutines> walk(Duration blockedAfter, long nanos) {
        return walk(blockedAfter, nanos, Long.MAX_VALUE);
    }

    /// The same.
    ///
    /// @param room how much may be kept of this process for the next walk, in bytes; [Outcome.Denied] for
    ///     [io.fdsentry.model.Reason#BUDGET] where that is not enough
    public Outcome<Goroutines> walk(Duration blockedAfter, long nanos, long room) {
        return checked(() -> {
            int before = census.count();
            walk.room(room);
            Goroutines seen = walk.walk(before, blockedAfter, nanos);
            agreement.compare(before, walk.there(), census.count(), census.processors());
            agreement.check();
            return seen;
        });
    }

    /// All goroutines with their stacks, those with equal ones once, most first: as
    /// `/debug/pprof/goroutine?debug=1` writes them (`go tool pprof` reads it), with what they wait for.
    ///
    /// @param maxChars of the text; what does not fit is left out from the end, and said
    public Outcome<String> dump(int maxChars) {
        return checked(() -> walk.dump(census.count(), maxChars, System.nanoTime()));
    }

    /// Memory kept for this process from one walk to the next.
    public long heapBytes() {
        return walk.heapBytes();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws Unreadable;
    }

    /// An answer counts only if the process was still itself when it had been read.
    private <T> Outcome<T> checked(Reading<T> reading) {
        try {
            T value = reading.read();
            process.check();
            return Outcome.seen(value);
        } catch (Unreadable e) {
            return whatIsLeft(e);
        }
    }

    /// What looks broken may be another program by now.
    private <T> Outcome<T> whatIsLeft(Unreadable e) {
        try {
            process.check();
            return e.outcome();
        } catch (Unreadable gone) {
            return gone.outcome();
        }
    }
}
