package io.fdsentry;

/// Entry point of the daemon and of every command.
public final class Main {
    private Main() {}

    /// Runs a command and exits with its code.
    public static void main(String[] args) {
        System.out.println("fdsentry");
    }
}
