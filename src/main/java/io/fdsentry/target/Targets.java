package io.fdsentry.target;

import io.fdsentry.config.Config;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.TargetSample;
import io.fdsentry.procfs.ProcFs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which processes belong to which target, round after round. Remembers what it found out about each as long as it
/// lives.
///
/// Kernel threads have no descriptors and zombies have none left: both are left out, and so is fdsentry itself
/// unless a target asks for it.
public final class Targets {
    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

    private final ProcFs procfs;
    private final ContainerNames names;
    private final PidFiles pidFiles = new PidFiles();
    private final Memory memory;
    private Config config = Config.DEFAULTS;
    private Plan plan = plan(Config.DEFAULTS);
    private boolean partlyBlind;

    /// @param procfs where processes are listed
    /// @param names of the containers of this node
    /// @param clock tells when processes started
    public Targets(ProcFs procfs, ContainerNames names, InstantSource clock) {
        this.procfs = procfs;
        this.names = names;
        this.memory = new Memory(procfs, names, clock);
    }

    /// Looks at all processes there are now. Anything but [Outcome.Seen] means that they cannot be listed.
    ///
    /// @param wanted whose targets are looked for
    /// @param ports who listens where
    public Outcome<Resolution> resolve(Config wanted, ListenPorts ports) {
        names.beginRound();
        pidFiles.beginRound();
        follow(wanted);
        return procfs.pids().map(pids -> resolve(pids, ports));
    }

    private Resolution resolve(int[] pids, ListenPorts ports) {
        World world = new World(ports, pidFiles, names, procfs.self().orNull());
        Census census = memory.census(pids);
        List<TargetSample> targets = plan.assign(census, world);
        List<TargetProcess> processes = new ArrayList<>();
        for (Known known : census.live()) {
            TargetConfig owner = known.owner;
            if (owner != null) {
                processes.add(process(known, owner));
            }
        }
        tellVisibility(census);
        return new Resolution(processes, targets, census.hidden().size(), census.isConcealed());
    }

    /// Logged when it changes, since targets without a process look the same.
    private void tellVisibility(Census census) {
        boolean blind = census.isConcealed() || !census.hidden().isEmpty();
        if (blind && !partlyBlind) {
            LOG.atWarn()
                    .addKeyValue("hidden", census.hidden().size())
                    .addKeyValue("remedy", Reason.HIDEPID.remedy())
                    .log("processes of other users are hidden");
        } else if (!blind && partlyBlind) {
            LOG.atInfo().log("processes of other users are hidden no longer");
        }
        partlyBlind = blind;
    }

    private TargetProcess process(Known known, TargetConfig owner) {
        Facts facts = known.facts();
        Container container = facts.container(names).orNull();
        ContainerName name = container == null ? ContainerName.NONE : container.name();
        return new TargetProcess(known.id(), owner, facts.command(), name, known.startTime(), facts.stat());
    }

    /// Another configuration is asked about every process anew; descendants stay what they are where their target
    /// does.
    private void follow(Config wanted) {
        if (wanted.equals(config)) {
            return;
        }
        Plan next = plan(wanted);
        for (Known known : memory.all()) {
            known.forget();
            known.lineage = known.lineage.stream()
                    .filter(name -> next.keeps(name, plan))
                    .collect(Collectors.toUnmodifiableSet());
        }
        config = wanted;
        plan = next;
    }

    private static Plan plan(Config config) {
        return config.namesTargets() ? new NamedTargets(config.targets()) : new EveryProgram(config.detection());
    }
}
