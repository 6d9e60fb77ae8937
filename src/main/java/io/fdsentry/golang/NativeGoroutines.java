package io.fdsentry.golang;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.ProcFs;
import java.time.Duration;

/// The goroutines of one Go process, read from its memory while it runs on: `process_vm_readv(2)`, never ptrace, a stop
/// or a signal. Needs what ptrace(2) calls PTRACE_MODE_ATTACH_FSCREDS; whoever has it can read all secrets of the
/// process, and this reads the runtime's own structures and the frames of stacks.
///
/// One thread at a time. Every answer is [Outcome.Gone] once the process ended or runs another program (then attach
/// again), [Outcome.Denied] where its memory may not be read, [Outcome.Unsupported] for what is known not to work.
public final class NativeGoroutines {
    private NativeGoroutines() {}

    /// Finds the runtime in the process and checks that what it finds there fits together; some milliseconds.
    ///
    /// @return [Outcome.Unsupported] with the reason for anything but a Go program of a release whose layout is known;
    ///     [GoBuild#read] tells these apart
    public static Outcome<NativeGoroutines> attach(ProcFs procfs, ProcessId process) {
        return GoBuild.read(procfs, process.pid()).flatMap(_ -> Outcome.unsupported("not yet"));
    }

    /// How many there are, by the formula of `runtime.NumGoroutine`; 20 µs, however many.
    public Outcome<Integer> count() {
        return Outcome.unsupported("not yet");
    }

    /// Looks at every goroutine. A wait is told by its second look, at which its place is read, once.
    ///
    /// Sleepers and the runtime's own goroutines are no part of the blocked ones.
    ///
    /// @param blockedAfter what is blocked at least this long is told; zero: whatever waited already at the last walk
    /// @param nanos the monotonic clock as [System#nanoTime] has it: the one the Go runtime uses itself
    /// @return [Outcome.Denied] for [io.fdsentry.model.Reason#BUDGET] where there were once too many: the runtime never
    ///     forgets
    public Outcome<Goroutines> walk(Duration blockedAfter, long nanos) {
        return Outcome.unsupported("not yet");
    }

    /// All goroutines with their stacks, those with equal ones once, most first: as `/debug/pprof/goroutine?debug=1`
    /// writes them (`go tool pprof` reads it), with what they wait for.
    ///
    /// @param maxChars of the text; what does not fit is left out from the end, and said
    public Outcome<String> dump(int maxChars) {
        return Outcome.unsupported("not yet");
    }

    /// Memory kept for this process from one walk to the next.
    public long heapBytes() {
        return 0;
    }
}
