package io.fdsentry;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigWatch;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.Problem;
import io.fdsentry.model.ConfigStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration in force. A new one takes its place only when nothing is wrong with it.
///
/// Any thread may ask for a reload; each attempt is logged, every problem of it too.
public final class ConfigKeeper {
    /// Read where no file is named and there is one in the working directory.
    public static final Path DEFAULT_FILE = Path.of("config.yaml");

    private static final Logger LOG = LoggerFactory.getLogger(ConfigKeeper.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final String DEFAULTS = "built-in defaults";

    private final ConfigWatch<Config> watch;
    private final InstantSource clock;
    private final boolean optional;
    private volatile InForce inForce;

    /// @param file null: [#DEFAULT_FILE], which need not exist
    /// @param environment variables for `${NAME}`
    /// @throws ConfigRejected if the file cannot be used and that is to end the program
    public ConfigKeeper(@Nullable Path file, OnError onError, InstantSource clock, Map<String, String> environment)
            throws ConfigRejected {
        this.watch = ConfigWatch.ofConfig(file == null ? DEFAULT_FILE : file, LOOK_EVERY, environment);
        this.clock = clock;
        this.optional = file == null;
        this.inForce = start(onError);
    }

    /// @param config what is in force
    /// @param status how it came about
    public record InForce(Config config, ConfigStatus status) {}

    public InForce inForce() {
        return inForce;
    }

    /// Reads the file again.
    ///
    /// @return what is wrong with it; empty where it is in force now
    public synchronized List<Problem> reload() {
        if (hasNoFile()) {
            LOG.atInfo().addKeyValue("file", watch.file()).log("nothing to reload: there is no configuration file");
            return List.of();
        }
        return take(watch.load());
    }

    /// Reads the file again if it changed.
    ///
    /// @return whether it did
    public synchronized boolean poll() {
        if (hasNoFile()) {
            return false;
        }
        Loaded<Config> news = watch.poll(clock.instant());
        if (news == null) {
            return false;
        }
        take(news);
        return true;
    }

    private InForce start(OnError onError) throws ConfigRejected {
        Instant now = clock.instant();
        if (optional && !Files.exists(watch.file())) {
            return saying(new InForce(Config.DEFAULTS, new ConfigStatus(DEFAULTS, true, now, List.of())));
        }
        return switch (watch.load()) {
            case Loaded.Valid<Config>(Config config) ->
                saying(new InForce(config, new ConfigStatus(watch.file().toString(), true, now, List.of())));
            case Loaded.Invalid<Config>(List<Problem> problems) -> {
                log(problems);
                if (onError == OnError.EXIT) {
                    throw new ConfigRejected(problems);
                }
                LOG.atWarn()
                        .addKeyValue("file", watch.file())
                        .log("running on built-in defaults until the file is right");
                yield new InForce(
                        Config.DEFAULTS,
                        new ConfigStatus(
                                DEFAULTS + ", since " + watch.file() + " is wrong", false, now, texts(problems)));
            }
        };
    }

    /// Without a file there is nothing to watch until one appears.
    private boolean hasNoFile() {
        return optional && inForce.status().source().equals(DEFAULTS) && !Files.exists(watch.file());
    }

    private List<Problem> take(Loaded<Config> loaded) {
        return switch (loaded) {
            case Loaded.Valid<Config>(Config config) -> {
                String file = watch.file().toString();
                inForce = saying(new InForce(config, new ConfigStatus(file, true, clock.instant(), List.of())));
                yield List.of();
            }
            case Loaded.Invalid<Config>(List<Problem> problems) -> {
                log(problems);
                LOG.atError()
                        .addKeyValue("file", watch.file())
                        .log("configuration not reloaded: the old one stays in force");
                ConfigStatus old = inForce.status();
                inForce = new InForce(
                        inForce.config(), new ConfigStatus(old.source(), false, old.lastSuccess(), texts(problems)));
                yield problems;
            }
        };
    }

    private static InForce saying(InForce started) {
        Config config = started.config();
        LOG.atInfo()
                .addKeyValue("source", started.status().source())
                .addKeyValue("targets", config.targets().size())
                .addKeyValue("interval", config.sampling().interval().toSeconds() + "s")
                .log("configuration loaded");
        if (!config.namesTargets()) {
            LOG.atInfo().log("no targets are configured: watching every process that can be seen, by executable name,"
                    + " except fdsentry itself and pause processes");
        }
        return started;
    }

    private static void log(List<Problem> problems) {
        problems.forEach(
                problem -> LOG.atError().addKeyValue("problem", problem).log("configuration problem"));
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
