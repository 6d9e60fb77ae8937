package io.fdsentry.json;

import com.google.gson.JsonParser;
import io.fdsentry.model.Board;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Verdict;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a running daemon answered at `/api/v1/processes` or `/api/v1/processes/{pid}`, as the records it was
/// written from.
public final class Answer {
    private Answer() {}

    /// A board with the processes of the answer; what the answer does not carry (network namespaces, probe errors,
    /// the monotonic clock) is empty or zero in it.
    ///
    /// @throws IOException when it cannot be read, or is not what this version writes
    public static Board read(Reader in) throws IOException {
        try {
            return board(new Tree(JsonParser.parseReader(in).getAsJsonObject()));
        } catch (RuntimeException e) {
            throw new IOException("the answer is not one of this version of fdsentry: " + e.getMessage(), e);
        }
    }

    private static Board board(Tree tree) {
        Instant at = tree.time("sampled_at");
        List<ProcessSample> processes = new ArrayList<>();
        Map<ProcessId, List<Verdict>> verdicts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        Map<ProcessId, List<SocketDetail>> details = new HashMap<>();
        for (Tree item : tree.has("items") ? tree.list("items", item -> item) : List.of(tree)) {
            ProcessSample process = ProcessAnswer.read(item, at);
            processes.add(process);
            verdicts.put(process.id(), item.list("verdicts", FindingAnswer::verdict));
            findings.addAll(item.list("findings", f -> FindingAnswer.read(f, process.id(), process.target())));
            if (item.has("socket_list")) {
                details.put(process.id(), item.list("socket_list", SocketAnswer::read));
            }
        }
        return new Board(
                new Snapshot(
                        at,
                        0,
                        tree.has("sample_seconds") ? tree.seconds("sample_seconds") : Duration.ZERO,
                        processes,
                        tree.list("targets", Answer::target),
                        List.of(),
                        Map.of(),
                        tree.has("scan_coverage") ? tree.real("scan_coverage") : 1,
                        details),
                verdicts,
                findings,
                tree.has("config") ? config(tree.object("config")) : new ConfigStatus("", true, at, List.of()));
    }

    private static TargetSample target(Tree tree) {
        double timeScale = tree.has("time_scale") ? tree.real("time_scale") : 1;
        return new TargetSample(tree.text("name"), tree.number("processes"), tree.number("undecided"), timeScale);
    }

    private static ConfigStatus config(Tree tree) {
        List<String> problems = new ArrayList<>();
        tree.json().getAsJsonArray("problems").forEach(problem -> problems.add(problem.getAsString()));
        return new ConfigStatus(
                tree.text("source"),
                tree.json().get("last_reload_successful").getAsBoolean(),
                tree.time("last_success"),
                problems);
    }
}
