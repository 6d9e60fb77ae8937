package io.fdsentry.testing;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// fdsentry as users run it: a JVM of its own, with the classes of this build and the flags of the launcher.
public final class Fdsentry implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("msg=\"listening\" address=\\S+ port=(\\d+)");
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss256k",
            "-Xmx56m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final Path out;
    private final Path err;

    /// A shell's background jobs and `nohup` have signals ignored, and children inherit that; a user's fdsentry
    /// does not.
    private static final List<String> SIGNALS_AS_USUAL = List.of("env", "--default-signal=HUP,INT");

    private Fdsentry(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// What it left behind.
    public record Ended(int exitCode, String out, String err) {}

    /// @param directory where it works, and where its output is kept
    /// @param args the command and its flags
    public static Fdsentry start(Path directory, String... args) throws IOException {
        return start(directory, List.of(), args);
    }

    /// @param jvm further options of the JVM
    public static Fdsentry start(Path directory, List<String> jvm, String... args) throws IOException {
        return start(directory, command(jvm, args));
    }

    /// The packaged distribution, by its launcher. It ends with the thread that calls.
    public static Fdsentry startDistribution(Path directory, String... args) throws IOException {
        Path launcher = Path.of("target/fdsentry/bin/fdsentry").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", launcher.toString()));
        command.addAll(List.of(args));
        return start(directory, command);
    }

    private static Fdsentry start(Path directory, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(SIGNALS_AS_USUAL);
        command.add("JAVA_HOME=" + System.getProperty("java.home"));
        command.addAll(program);
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Fdsentry(process, out, err);
    }

    /// Runs a command to its end.
    public static Ended run(Path directory, String... args) throws IOException {
        try (Fdsentry fdsentry = start(directory, args)) {
            return fdsentry.end();
        }
    }

    private static List<String> command(List<String> jvm, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath(), "io.fdsentry.Main"));
        command.addAll(List.of(args));
        return command;
    }

    /// The same for a shell; arguments are of harmless characters.
    public static String commandLine(String... args) {
        return String.join(" ", command(List.of(), args));
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Standard error so far.
    public String log() throws IOException {
        return Files.readString(err);
    }

    /// Standard output so far.
    public String out() throws IOException {
        return Files.readString(out);
    }

    /// Waits for a text in the log.
    public String awaitLog(String text) {
        return Await.value("\"" + text + "\" in the log", this::log, log -> log.contains(text));
    }

    /// The port it listens on, when it does.
    public int port() {
        String log = awaitLog("msg=\"listening\"");
        Matcher matcher = LISTENING.matcher(log);
        if (!matcher.find()) {
            throw new AssertionError("no port in: " + log);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /// Asks it by HTTP.
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /// Asks it by HTTP POST, without a body.
    public HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /// @param name such as `HUP`
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid())
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("cannot send SIG" + name);
        }
    }

    /// Waits until it has ended by itself.
    public Ended end() throws IOException {
        try {
            if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; its log: " + log());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
