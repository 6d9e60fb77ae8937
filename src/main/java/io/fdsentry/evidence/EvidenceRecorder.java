package io.fdsentry.evidence;

import io.fdsentry.config.Config;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.Requests;
import java.time.Duration;
import java.time.Instant;

/// Keeps the proof. Sees every board, tells the log at once what is recorded, and leaves all that may take time to
/// threads of its own.
public final class EvidenceRecorder {
    private final EvidenceStore store;
    private final Keeper keeper;
    private final Casebook casebook;
    private Config.Evidence config;

    /// @param look what is looked at for a record only
    public EvidenceRecorder(Config.Evidence config, DeepLook look) {
        this.config = config;
        store = new EvidenceStore();
        keeper = new Keeper(store, look, config);
        casebook = new Casebook(new Casebook.Out() {
            @Override
            public void announce(EvidenceRecord evidence) {
                LogLine.of(evidence).write();
            }

            @Override
            public void keep(EvidenceRecord evidence) {
                keeper.keep(evidence);
            }
        });
    }

    /// Starts the threads, and takes away what a crash left half written. What is recorded before waits until then.
    public void start() {
        keeper.start();
    }

    /// Takes the board of a round in, with the configuration it was made with.
    public synchronized void onBoard(Board board, Config inForce) {
        if (!inForce.evidence().equals(config)) {
            config = inForce.evidence();
            keeper.configure(config);
        }
        casebook.take(board, target -> isWatched(inForce, target));
        keeper.standing(casebook.standing(), casebook.suspects());
    }

    private static boolean isWatched(Config config, String target) {
        return !config.namesTargets()
                || config.targets().stream().map(TargetConfig::name).anyMatch(target::equals);
    }

    /// What the next round should look at more closely.
    public synchronized Requests requests() {
        return casebook.requests();
    }

    /// The records, for the API; for any thread.
    public EvidenceStore store() {
        return store;
    }

    /// Finishes all that is pending: written, and pushed if possible. Boards that come later are not recorded.
    public void close(Duration within) {
        synchronized (this) {
            casebook.flush(Instant.now());
        }
        keeper.close(within);
    }
}
