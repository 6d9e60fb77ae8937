package io.fdsentry;

import io.fdsentry.config.Config;
import io.fdsentry.config.Problem;
import io.fdsentry.config.WebConfig;
import io.fdsentry.detect.Detector;
import io.fdsentry.detect.Judgement;
import io.fdsentry.evidence.EvidenceRecorder;
import io.fdsentry.metrics.Exposition;
import io.fdsentry.model.Board;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.sample.Sampler;
import io.fdsentry.web.WebServer;
import io.fdsentry.web.history.History;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fdsentry run`: everything wired together.
///
///     ConfigKeeper -> Sampler -> Snapshot -> Detector -> Board -> { Exposition, WebServer, EvidenceRecorder }
///
/// One thread takes the rounds ([RoundLoop]); HTTP is answered from the last board by threads of its own; signals
/// ask for a reload or the end.
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    /// The round that is being taken when the end is asked for may take this long to end.
    private static final long LAST_ROUND_MILLIS = 800;
    /// Characters of a goroutine dump in the evidence.
    private static final int MOST_DUMP = 200_000;
    /// Within this time of being asked to, everything has ended.
    private static final Duration LAST_WORDS = Duration.ofMillis(1600);

    private final Signals signals;
    private final ConfigKeeper keeper;
    private final WebSecurity security;
    private final Exposition exposition = new Exposition(Version.TEXT, System::nanoTime);
    private final History history = new History();
    private final AtomicReference<@Nullable Board> board = new AtomicReference<>();
    private final WebPort port;
    private final RoundLoop loop;
    private final Sampler sampler;
    private final EvidenceRecorder recorder;
    private final HeapTidy heap = new HeapTidy(System.nanoTime(), System::gc);
    private volatile boolean failed;

    /// Reads the configuration.
    ///
    /// @throws ConfigRejected if it is wrong and that is to end the program
    public Daemon(RunOptions options, Signals signals) throws ConfigRejected {
        InstantSource clock = InstantSource.system();
        this.signals = signals;
        this.keeper = new ConfigKeeper(options.configFile(), options.onError(), clock, System.getenv());
        this.security = new WebSecurity(options.webConfigFile(), clock);
        List<Problem> problems = security.load();
        if (!problems.isEmpty() && options.onError() == OnError.EXIT) {
            throw new ConfigRejected(problems);
        }
        this.sampler = new Sampler(options.procfs(), options.rootfs(), clock);
        this.recorder = new EvidenceRecorder(
                keeper.inForce().config().evidence(),
                new ProcessLook(options.procfs(), process -> sampler.goroutines(process, MOST_DUMP)));
        this.port = new WebPort(options.listen(), security, sources());
        this.loop = new RoundLoop(keeper, this::sample, new World());
    }

    /// Watches until it is asked to stop.
    ///
    /// @param onError with [OnError#EXIT] a port that cannot be opened ends it
    /// @return whether it ended because it was asked to
    /// @throws IOException if the port cannot be opened, in words for a person
    public boolean run(OnError onError) throws IOException, InterruptedException {
        try (port) {
            if (onError == OnError.EXIT) {
                port.open();
            } else {
                port.tryAgain();
            }
            recorder.start();
            Thread rounds = Thread.ofPlatform().name("fdsentry-rounds").start(this::rounds);
            signals.onHangup(this::reload);
            signals.awaitStop(Long.MAX_VALUE);
            LOG.atInfo().log("stopping");
            long end = System.nanoTime() + LAST_WORDS.toNanos();
            loop.stop();
            rounds.join(LAST_ROUND_MILLIS);
            if (!rounds.isAlive()) {
                sampler.close();
            }
            recorder.close(Duration.ofNanos(end - System.nanoTime()));
        }
        return !failed;
    }

    /// Takes one round and writes its exposition.
    ///
    /// @return how many processes it saw
    public int once(OutputStream out) throws IOException {
        try (sampler) {
            Config config = keeper.inForce().config();
            Snapshot snapshot = sampler.sample(config, Requests.NONE);
            Judgement judgement = new Detector().judge(snapshot, config);
            publish(
                    new Board(
                            snapshot,
                            judgement.verdicts(),
                            judgement.findings(),
                            keeper.inForce().status()),
                    config);
            exposition.writeText(out);
            return snapshot.processes().size();
        }
    }

    /// What is thought after the last round; null before the first.
    public @Nullable Board board() {
        return board.get();
    }

    /// A daemon that cannot go on must not stay, blind: whoever started it starts it again.
    private void rounds() {
        try {
            loop.run();
        } catch (Throwable e) {
            failed = true;
            LOG.atError().setCause(e).log("cannot go on");
            signals.stop();
        }
    }

    private Snapshot sample(Config config, Requests requests) {
        return sampler.sample(config, requests.and(recorder.requests()));
    }

    private void publish(Board next, Config config) {
        history.add(next.snapshot());
        board.set(next);
        exposition.publish(next, config);
        recorder.onBoard(next, config);
    }

    private final class World implements RoundLoop.World {
        @Override
        public void publish(Board next, Config config) {
            Daemon.this.publish(next, config);
        }

        @Override
        public void countFailure() {
            exposition.countFailure();
        }

        @Override
        public void chores() {
            security.poll();
            port.tryAgain();
            heap.poll(System.nanoTime());
            if (keeper.poll()) {
                loop.roundNow();
            }
        }
    }

    /// @return what is wrong with the new configuration
    private List<String> reload() {
        List<Problem> problems = new ArrayList<>(keeper.reload());
        problems.addAll(security.load());
        loop.roundNow();
        return problems.stream().map(Problem::toString).toList();
    }

    private WebServer.Sources sources() {
        return new WebServer.Sources(
                board::get,
                metrics(),
                history,
                new StoredEvidence(recorder.store()),
                () -> keeper.inForce().config().web(),
                () -> Objects.requireNonNullElse(security.inForce(), WebConfig.NONE),
                this::reload);
    }

    private MetricsHandler metrics() {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(exposition);
        return new MetricsHandler(registry);
    }
}
