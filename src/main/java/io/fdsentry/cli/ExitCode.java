package io.fdsentry.cli;

/// What a command leaves to the shell.
public final class ExitCode {
    /// It did what it was asked to; a daemon, also when it was asked to stop.
    public static final int DONE = 0;

    public static final int FAILED = 1;

    /// Wrong usage or configuration.
    public static final int USAGE = 2;

    private ExitCode() {}
}
