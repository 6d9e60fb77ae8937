package io.fdsentry.cli.demo;

import io.fdsentry.ListenAddress;
import io.fdsentry.Signals;
import io.fdsentry.cli.CommandFailed;
import io.fdsentry.logfmt.LogLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A leak to look at, found by fdsentry.
@Command(
        name = "demo",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Plays a leak as it happened, with small programs of its own on loopback, and tells how fdsentry finds it:"
                    + " at the terminal, and at the web page. Then the repaired program, which raises nothing.",
            "Takes a minute and a half, needs no rights, and leaves nothing behind; Ctrl-C ends it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:played to its end, or ended by Ctrl-C",
            "1:it could not be played, or fdsentry judged wrongly",
            "2:wrong usage"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    private final Signals signals;

    @Option(
            names = "--web.listen-address",
            paramLabel = "HOST:PORT",
            description = "Where the page is served; default: 127.0.0.1:10177, or a free port where that is taken.")
    private @Nullable ListenAddress listen;

    @Option(
            names = "--hold",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long the confirmed leak goes on, to be looked at, before it is repaired. Default: 20.")
    private int hold;

    @Option(
            names = "--evidence.directory",
            paramLabel = "DIR",
            description = "Where the evidence is kept; default: it goes with the demo.")
    private @Nullable Path evidence;

    public DemoCommand(Signals signals) {
        this.signals = signals;
    }

    @Override
    public Integer call() {
        LogLevel.setThreshold(LogLevel.ERROR);
        signals.catchStop();
        signals.onHangup(signals::stop);
        Narrator narrator = new Narrator(System.out, signals::stop);
        try {
            play(narrator, address());
        } catch (IOException e) {
            if (!signals.isStopping()) {
                throw CommandFailed.failed(String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            narrator.say(
                    "", "Ended. Nothing of the demo is left" + (evidence == null ? "." : " but " + evidence + "."));
        }
        return 0;
    }

    private void play(Narrator narrator, ListenAddress address) throws IOException, InterruptedException {
        Path directory = temporaryDirectory();
        try (Cast cast = Cast.start(directory)) {
            Path kept = evidence == null ? directory.resolve("evidence") : evidence.toAbsolutePath();
            Path config = Files.writeString(
                    directory.resolve("config.yaml"),
                    Story.CONFIG + cast.targets() + "evidence: {directory: '" + kept + "'}\n");
            try (Watching watching = Watching.start(config, address)) {
                new Story(narrator, cast, watching, signals, address, kept).tell(Duration.ofSeconds(hold));
            }
        } finally {
            delete(directory);
        }
    }

    private ListenAddress address() throws IOException {
        ListenAddress wanted = listen;
        if (wanted == null) {
            ListenAddress usual = new ListenAddress(LOOPBACK, ListenAddress.DEFAULT.port());
            return isFree(usual) ? usual : new ListenAddress(LOOPBACK, freePort());
        }
        return wanted.port() == 0 ? new ListenAddress(wanted.host(), freePort()) : wanted;
    }

    private static boolean isFree(ListenAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address.host(), address.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path temporaryDirectory() throws IOException {
        try {
            return Files.createTempDirectory(
                    "fdsentry-demo-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new IOException("no temporary directory can be made: " + e, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
