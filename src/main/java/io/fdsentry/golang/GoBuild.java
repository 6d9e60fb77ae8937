package io.fdsentry.golang;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.ProcFs;

/// What a program says of how it was built, where the Go linker made it.
///
/// @param version such as `go1.26.8` or `go1.23.1 X:nocoverageredesign`
/// @param minor the 26 of it
public record GoBuild(String version, int minor) {
    /// @return [Outcome.Unsupported] where it is not a Go program, with why that is thought
    public static Outcome<GoBuild> read(ProcFs procfs, int pid) {
        return Outcome.unsupported("not a Go program");
    }
}
