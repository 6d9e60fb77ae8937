package io.fdsentry.cli.demo;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The programs of the demo: a ruler, leaky or repaired, its controller and its store. fdsentry finds each by a file
/// with its pid, as those of services are.
final class Cast implements AutoCloseable {
    static final String RULER = "ruler";
    static final String CONTROLLER = "controller";
    static final String STORE = "store";

    /// Where the hard limit allows it: far away for the leak, and the same on most machines.
    private static final int LIMIT = 20_000;

    private static final int CONTROLLER_PORT = 8006;
    private static final int STORE_PORT = 8481;
    private static final int CONTROLLER_PATIENCE_MILLIS = 1000;
    private static final int STORE_PATIENCE_MILLIS = 60_000;
    private static final double RESETS = .1;

    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Path directory;

    private Cast(Path directory) {
        this.directory = directory;
    }

    /// Starts all, the ruler leaky.
    ///
    /// @param directory for the files with their pids
    /// @throws IOException in words for a person; none is left then
    static Cast start(Path directory) throws IOException {
        Cast cast = new Cast(directory);
        try {
            cast.enter(CONTROLLER, Server.class, CONTROLLER_PORT, CONTROLLER_PATIENCE_MILLIS, RESETS);
            cast.enter(STORE, Server.class, STORE_PORT, STORE_PATIENCE_MILLIS, 0);
            cast.enterRuler(Ruler.LEAKY);
            return cast;
        } catch (IOException e) {
            cast.close();
            throw e;
        }
    }

    /// Ends the ruler and starts one that closes its answers.
    ///
    /// @throws IOException in words for a person
    void repair() throws IOException {
        actor(RULER).close();
        enterRuler(Ruler.REPAIRED);
    }

    private void enterRuler(String mode) throws IOException {
        enter(RULER, Ruler.class, mode, actor(CONTROLLER).port(), actor(STORE).port());
    }

    private void enter(String name, Class<?> program, Object... arguments) throws IOException {
        Actor actor = Actor.start(name, program, arguments);
        actors.put(name, actor);
        try {
            Libc.limitOpenFiles(actor.pid(), LIMIT);
        } catch (ErrnoException e) {
            // the hard limit is lower, and holds
        }
        Path written = Files.writeString(directory.resolve(name + ".new"), actor.pid() + "\n");
        Files.move(written, pidFile(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path pidFile(String name) {
        return directory.resolve(name + ".pid");
    }

    /// The part of the configuration that names them.
    String targets() {
        StringBuilder text = new StringBuilder("targets:\n");
        actors.keySet()
                .forEach(name ->
                        text.append("  - {name: %s, match: {pid_file: '%s'}}\n".formatted(name, pidFile(name))));
        return text.toString();
    }

    /// @param name one of those above
    Actor actor(String name) {
        return Objects.requireNonNull(actors.get(name));
    }

    /// @throws IOException in words for a person, if one has ended
    void assertComplete() throws IOException {
        for (Actor actor : actors.values()) {
            actor.assertAlive();
        }
    }

    @Override
    public void close() {
        actors.values().forEach(Actor::close);
    }
}
