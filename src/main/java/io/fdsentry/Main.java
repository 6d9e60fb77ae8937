package io.fdsentry;

import io.fdsentry.cli.Commands;
import io.fdsentry.cli.ExitCode;
import io.fdsentry.logfmt.JulHandler;
import io.fdsentry.logfmt.LogfmtProvider;
import java.io.FileDescriptor;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/// Entry point of the daemon and of every command.
public final class Main {
    private static final String DAEMON = "run";
    /// Names the script that `java` runs as its interpreter, which then is the first argument.
    private static final String SCRIPT = "fdsentry.script";
    /// A daemon that was asked to stop is gone after this, whatever hangs: within two seconds is promised.
    private static final long LONGEST_STOP_MILLIS = 1700;

    private Main() {}

    /// Runs a command and exits with its code.
    public static void main(String[] given) {
        String[] args = withoutScript(given);
        Signals signals = new Signals();
        signals.catchHangup();
        if (args.length > 0 && args[0].equals(DAEMON)) {
            signals.catchStop();
            Thread.ofPlatform().daemon().name("fdsentry-end").start(() -> endInTime(signals));
        }
        StandardStream out = new StandardStream(FileDescriptor.out);
        System.setOut(out.print());
        System.setErr(new StandardStream(FileDescriptor.err).print());
        int code = run(signals, args);
        System.out.flush();
        if (out.failure() != null) {
            System.err.println("fdsentry: standard output cannot be written: " + out.failure());
            code = Math.max(code, ExitCode.FAILED);
        }
        System.exit(code);
    }

    private static String[] withoutScript(String[] args) {
        boolean first = args.length > 0 && args[0].equals(System.getProperty(SCRIPT));
        return first ? Arrays.copyOfRange(args, 1, args.length) : args;
    }

    private static int run(Signals signals, String[] args) {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            System.err.println("fdsentry: runs on Linux only, since it reads /proc; this is " + system);
            return ExitCode.FAILED;
        }
        LogfmtProvider.install();
        JulHandler.install();
        Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
        try {
            return Commands.execute(signals, args);
        } catch (Throwable e) {
            LoggerFactory.getLogger(Main.class).atError().setCause(e).log("fdsentry failed");
            return ExitCode.FAILED;
        }
    }

    private static void endInTime(Signals signals) {
        try {
            signals.awaitStop(Long.MAX_VALUE);
            Thread.sleep(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.DONE);
    }

    /// Of threads that nobody waits for, such as those that answer HTTP. Without memory nothing can be relied on.
    private static void uncaught(Thread thread, Throwable error) {
        try {
            LoggerFactory.getLogger(Main.class)
                    .atError()
                    .setCause(error)
                    .addKeyValue("thread", thread.getName())
                    .log("thread failed");
        } finally {
            if (error instanceof OutOfMemoryError) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
        }
    }
}
