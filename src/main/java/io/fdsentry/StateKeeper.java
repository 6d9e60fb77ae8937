package io.fdsentry;

import io.fdsentry.detect.Detector;
import io.fdsentry.model.TargetPast;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the detector remember what was normal for its targets across restarts of fdsentry, where `state.directory` is
/// set. Reads when a directory is first named, writes now and then and at the end; a file that cannot be used is
/// told of and written anew. For the thread that takes the rounds.
final class StateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Detector detector;
    private final Failures failures = new Failures("writing what targets were like", LOG);
    private @Nullable Path directory;
    private Instant written = Instant.EPOCH;

    StateKeeper(Detector detector) {
        this.detector = detector;
    }

    /// Before a round.
    ///
    /// @param configured null where nothing is kept
    void follow(@Nullable Path configured, Instant now) {
        if (configured == null || configured.equals(directory)) {
            directory = configured;
            return;
        }
        directory = configured;
        written = now;
        try {
            List<TargetPast> past = new StateFile(configured).read();
            detector.recall(past);
            LOG.atInfo()
                    .addKeyValue("directory", configured)
                    .addKeyValue("targets", past.size())
                    .log("what targets were like");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", configured)
                    .addKeyValue("reason", e.getMessage())
                    .log("what targets were like cannot be read; it is learnt anew");
        }
    }

    /// After a round.
    void afterRound(Instant now) {
        if (Duration.between(written, now).abs().compareTo(EVERY) >= 0) {
            write(now);
        }
    }

    /// Writes it, where there is a directory for it.
    void write(Instant now) {
        if (directory == null) {
            return;
        }
        written = now;
        try {
            new StateFile(directory).write(detector.past(now));
            failures.succeeded();
        } catch (IOException | RuntimeException e) {
            failures.failed(e);
        }
    }
}
