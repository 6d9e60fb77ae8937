package io.fdsentry.cli;

/// The end of a command, told in one line that a person can act on.
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// It could not be done.
    public static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }

    /// It was asked for in a wrong way, or is configured wrongly.
    public static CommandFailed usage(String message) {
        return new CommandFailed(ExitCode.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
