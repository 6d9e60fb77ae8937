package io.fdsentry.incidents;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The programs of incidents, running; all end with it, and with this JVM, however that ends.
final class Cast implements AutoCloseable {
    private static final Path FOLDER = Path.of("src/incidents").toAbsolutePath();

    private final List<Process> plays = new ArrayList<>();
    private final List<Path> outputs = new ArrayList<>();

    /// To be called by a thread that lives as long as the programs shall: they end with it.
    ///
    /// @param mode `leaky` or `repaired`
    /// @param build where programs are built; one that is there already is built again
    static Cast start(List<Incident> incidents, String mode, Path build) throws IOException {
        for (String program : List.of("bash", "setpriv", "go", "g++", "python3", "nginx")) {
            Needs.program(program);
        }
        Cast cast = new Cast();
        for (Incident incident : incidents) {
            Path output = build.resolve(incident.folder() + "." + mode + ".txt");
            cast.outputs.add(output);
            cast.plays.add(play(incident, mode, build, output));
        }
        return cast;
    }

    private static Process play(Incident incident, String mode, Path build, Path output) throws IOException {
        Path script = FOLDER.resolve(incident.folder()).resolve("play");
        ProcessBuilder play = new ProcessBuilder("setpriv", "--pdeathsig", "TERM", script.toString(), mode)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()));
        play.environment().put("BUILD", build.toString());
        play.environment().put("JAVA_HOME", System.getProperty("java.home"));
        play.environment().put("JARS", classPath());
        return play.start();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /// Fails unless all of it still plays: a script ends only when a program of it does.
    void assertComplete() throws IOException {
        for (int i = 0; i < plays.size(); i++) {
            assertTrue(plays.get(i).isAlive(), outputs.get(i) + ": " + Files.readString(outputs.get(i)));
        }
    }

    /// The processes of it that live now: what else of their names runs on the machine is none of its business.
    Set<Long> pids() {
        return plays.stream()
                .flatMap(Process::descendants)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        plays.forEach(Process::destroy);
        for (Process play : plays) {
            try {
                if (!play.waitFor(60, TimeUnit.SECONDS)) {
                    play.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
