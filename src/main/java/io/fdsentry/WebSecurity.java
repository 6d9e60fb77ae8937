package io.fdsentry;

import io.fdsentry.config.ConfigWatch;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.Problem;
import io.fdsentry.config.WebConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of `--web.config.file`. While it was never right there is nothing that may be served: without the
/// protection that was asked for, no port is opened.
final class WebSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(WebSecurity.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final @Nullable ConfigWatch<WebConfig> watch;
    private final InstantSource clock;
    private volatile @Nullable WebConfig inForce;

    /// @param file null: plain HTTP for everyone
    WebSecurity(@Nullable Path file, InstantSource clock) {
        this.watch = file == null ? null : ConfigWatch.ofWebConfig(file, LOOK_EVERY);
        this.clock = clock;
        this.inForce = file == null ? WebConfig.NONE : null;
    }

    /// What protects the server; null while there was never a right file.
    @Nullable
    WebConfig inForce() {
        return inForce;
    }

    /// Reads the file.
    ///
    /// @return what is wrong with it; what was in force stays so then
    synchronized List<Problem> load() {
        return watch == null ? List.of() : take(watch.load());
    }

    /// Reads the file if it changed.
    synchronized void poll() {
        Loaded<WebConfig> news = watch == null ? null : watch.poll(clock.instant());
        if (news != null) {
            var _ = take(news);
        }
    }

    private List<Problem> take(Loaded<WebConfig> loaded) {
        return switch (loaded) {
            case Loaded.Valid<WebConfig>(WebConfig config) -> {
                inForce = config;
                yield List.of();
            }
            case Loaded.Invalid<WebConfig>(List<Problem> problems) -> {
                problems.forEach(
                        problem -> LOG.atError().addKeyValue("problem", problem).log("web configuration problem"));
                if (inForce == null) {
                    LOG.atWarn().log("nothing is served until the web configuration is right");
                }
                yield problems;
            }
        };
    }
}
