package io.fdsentry.target;

import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is remembered of a process from round to round: what it runs, and what was found out about it.
final class Known {
    /// A young process may be between its fork and its exec, or not have set its arguments yet.
    private static final int YOUNG = 4;
    /// An exec that [PidStat] does not show is found after so many rounds at most.
    private static final int REVISITED_EVERY = 16;

    private final ProcFs procfs;
    private final Set<Integer> listened = new HashSet<>();
    private final ProcessId id;
    private final Instant startTime;
    private final int firstRound;
    private int round;
    private Facts facts;
    private @Nullable Answer[] answers = new Answer[0];

    /// Targets it descends from; kept after its parent is gone.
    Set<String> lineage = Set.of();
    /// What it belongs to this round, null for nothing.
    @Nullable
    TargetConfig owner;
    /// The target of its program, where none are configured.
    @Nullable
    TargetConfig group;

    Known(ProcFs procfs, PidStat stat, Instant startTime, int round) {
        this.procfs = procfs;
        this.id = new ProcessId(stat.pid(), stat.startTicks());
        this.startTime = startTime;
        this.firstRound = round;
        this.round = round;
        this.facts = new Facts(procfs, stat);
    }

    ProcessId id() {
        return id;
    }

    Instant startTime() {
        return startTime;
    }

    Facts facts() {
        return facts;
    }

    /// The last round it was seen in.
    int round() {
        return round;
    }

    /// It is still there. What is known of it is forgotten when it runs another program.
    void seen(PidStat now, int thisRound, ContainerNames names) {
        round = thisRound;
        boolean other = now.maybeOtherProgram(facts.stat())
                || isDue() && (hasUndecided() || facts.changed())
                || facts.renamed(names);
        if (other) {
            facts = new Facts(procfs, now);
            listened.clear();
            forget();
        } else {
            facts.update(now);
        }
    }

    /// Forgets what was answered about it, as when it is asked for something else.
    void forget() {
        Arrays.fill(answers, null);
        group = null;
    }

    /// What was answered to a question, null if it was not asked yet.
    @Nullable
    Answer answer(int question) {
        return question < answers.length ? answers[question] : null;
    }

    void answered(int question, Answer answer) {
        if (question >= answers.length) {
            answers = Arrays.copyOf(answers, Math.max(question + 1, 2 * answers.length));
        }
        answers[question] = answer;
    }

    /// Whether it listens on a port, or did since it runs its program: one that is told to stop closes its
    /// listening sockets first, and what it still holds then is worth watching.
    Answer listens(int port, ListenPorts ports) {
        if (listened.contains(port)) {
            return Answer.YES;
        }
        Answer answer = ports.listens(id, port);
        if (answer == Answer.YES) {
            listened.add(port);
        }
        return answer;
    }

    /// Reads what is told of a process that is watched.
    ///
    /// @return false if it ended meanwhile
    boolean describe(ContainerNames names) {
        var _ = facts.command();
        var _ = facts.container(names);
        return !facts.vanished();
    }

    private boolean isDue() {
        return round - firstRound < YOUNG || (round + id.pid()) % REVISITED_EVERY == 0;
    }

    private boolean hasUndecided() {
        return Arrays.asList(answers).contains(Answer.UNDECIDED);
    }
}
