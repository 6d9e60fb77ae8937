package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Board;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Everything one round tells of one process; what could not be seen is absent, its reason under `probes`.
final class ProcessShape {
    /// The reason of a probe whose process went away.
    static final String GONE = "gone";

    private ProcessShape() {}

    static void members(JsonWriter json, Board board, ProcessSample process) throws IOException {
        identity(json, process);
        List<Verdict> verdicts = board.verdicts().getOrDefault(process.id(), List.of());
        verdicts(json, verdicts);
        probes(json, process);
        CountsShape.members(json, board.snapshot().at(), process);
        if (process.goroutines() instanceof Outcome.Seen<Goroutines>(Goroutines goroutines)) {
            GoroutineShape.write(json, goroutines);
        }
        json.name("findings").beginArray();
        for (Finding finding : board.findings()) {
            if (finding.process().equals(process.id())) {
                FindingShape.write(json, finding);
            }
        }
        json.endArray();
    }

    private static void identity(JsonWriter json, ProcessSample process) throws IOException {
        Fields fields = new Fields(json);
        fields.number("pid", process.id().pid());
        fields.number("start_ticks", process.id().startTicks());
        fields.time("start_time", process.startTime());
        fields.text("target", process.target());
        fields.text("command", process.command());
        fields.number("tier", process.tier().ordinal());
        container(json, process.container());
    }

    /// Where a process runs; nothing of one that runs on the host.
    static void container(JsonWriter json, ContainerName name) throws IOException {
        Fields fields = new Fields(json);
        if (!name.equals(ContainerName.NONE)) {
            json.name("container").beginObject();
            fields.textIfKnown("namespace", name.namespace());
            fields.textIfKnown("pod", name.pod());
            fields.textIfKnown("container", name.container());
            fields.textIfKnown("id", name.id());
            json.endObject();
        }
    }

    private static void verdicts(JsonWriter json, List<Verdict> verdicts) throws IOException {
        Fields fields = new Fields(json);
        LeakState worst =
                verdicts.stream().map(Verdict::state).max(LeakState::compareTo).orElse(LeakState.NONE);
        fields.text("leak_state", worst.label());
        json.name("verdicts").beginArray();
        for (Verdict verdict : verdicts) {
            json.beginObject();
            fields.text("resource", verdict.resource().label());
            fields.text("state", verdict.state().label());
            fields.decimal("growth_per_second", verdict.growthPerSecond());
            fields.decimal("seconds_to_limit", verdict.secondsToLimit());
            json.endObject();
        }
        json.endArray();
    }

    private static void probes(JsonWriter json, ProcessSample process) throws IOException {
        json.name("probes").beginObject();
        for (Map.Entry<Probe, Outcome<?>> probe : process.probes().entrySet()) {
            json.name(probe.getKey().label()).beginObject();
            outcome(json, probe.getKey(), probe.getValue());
            json.endObject();
        }
        json.endObject();
    }

    private static void outcome(JsonWriter json, Probe probe, Outcome<?> outcome) throws IOException {
        json.name("ok").value(outcome.isSeen());
        if (outcome.isSeen()) {
            return;
        }
        Fields fields = new Fields(json);
        Reason reason = outcome.reason();
        fields.text("what", probe.words());
        fields.text("reason", reason == null ? GONE : reason.label());
        if (reason != null) {
            fields.text("remedy", reason.remedy());
        }
        switch (outcome) {
            case Outcome.Unsupported<?>(String what) -> fields.text("detail", what);
            case Outcome.Failed<?>(String message) -> fields.text("detail", message);
            case Outcome.Seen<?> _, Outcome.Gone<?> _, Outcome.Denied<?> _ -> {}
        }
    }
}
