package io.fdsentry.target;

import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.TargetSample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The targets of the configuration: a process belongs to the first, in file order, that certainly matches. Each
/// target before it that may match as well, had it been possible to tell, counts it as undecided.
final class NamedTargets implements Plan {
    private final List<Rule> rules;
    private final Descent descent;

    NamedTargets(List<TargetConfig> targets) {
        List<Rule> numbered = new ArrayList<>();
        int question = 0;
        for (TargetConfig target : targets) {
            Clause match = new Clause(question++, target.match());
            List<Clause> exclude = new ArrayList<>();
            for (var selector : target.exclude()) {
                exclude.add(new Clause(question++, selector));
            }
            numbered.add(new Rule(target, match, exclude));
        }
        rules = List.copyOf(numbered);
        descent = new Descent(rules);
    }

    @Override
    public boolean keeps(String name, Plan earlier) {
        TargetConfig now = target(name);
        TargetConfig before = earlier instanceof NamedTargets named ? named.target(name) : null;
        return now != null && before != null && isSame(now, before);
    }

    private @Nullable TargetConfig target(String name) {
        return rules.stream()
                .map(Rule::target)
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSame(TargetConfig target, TargetConfig old) {
        return target.match().equals(old.match())
                && target.exclude().equals(old.exclude())
                && target.children() == old.children();
    }

    @Override
    public List<TargetSample> assign(Census census, World world) {
        Tally tally = new Tally(rules.size());
        for (Known known : descent.ancestorsFirst(census.live())) {
            descent.trace(known);
            known.owner = null;
            decide(known, world, tally);
        }
        for (int pid : census.hidden()) {
            tally.maybe(candidates(pid, world));
        }
        for (int i = 0; census.isConcealed() && i < rules.size(); i++) {
            Integer named = rules.get(i).match().namedPid(world);
            tally.undecided[i] += named != null && !census.lists(named) ? 1 : 0;
        }
        return tally.samples(rules);
    }

    private void decide(Known known, World world, Tally tally) {
        BitSet undecided = new BitSet();
        int owner = owner(known, world, undecided);
        if (known.facts().vanished() || owner < rules.size() && !known.describe(world.names())) {
            return;
        }
        tally.maybe(undecided);
        if (owner < rules.size()) {
            known.owner = rules.get(owner).target();
            tally.processes[owner]++;
        }
    }

    /// Index of the rule, or their number for none.
    private int owner(Known known, World world, BitSet undecided) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Answer answer = rule.matches(known, world);
            if (answer != Answer.YES && known.lineage.contains(rule.target().name())) {
                answer = answer.or(rule.inherits(known, world));
            }
            if (answer == Answer.YES) {
                return i;
            }
            undecided.set(i, answer == Answer.UNDECIDED);
        }
        return rules.size();
    }

    /// The rules by which a process may belong of which nothing may be read.
    private BitSet candidates(int hiddenPid, World world) {
        BitSet candidates = new BitSet();
        for (int i = 0; i < rules.size(); i++) {
            candidates.set(i, rules.get(i).matches(hiddenPid, world) == Answer.UNDECIDED);
        }
        return candidates;
    }

    /// Counts by rule.
    private static final class Tally {
        final int[] processes;
        final int[] undecided;

        Tally(int rules) {
            processes = new int[rules];
            undecided = new int[rules];
        }

        void maybe(BitSet rules) {
            rules.stream().forEach(rule -> undecided[rule]++);
        }

        List<TargetSample> samples(List<Rule> rules) {
            List<TargetSample> samples = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                TargetConfig target = rules.get(i).target();
                double timeScale = target.detection().timeScale();
                samples.add(new TargetSample(target.name(), processes[i], undecided[i], timeScale));
            }
            return samples;
        }
    }
}
