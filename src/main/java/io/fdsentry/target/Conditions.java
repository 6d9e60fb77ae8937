package io.fdsentry.target;

import com.google.re2j.Pattern;
import io.fdsentry.config.Selector;
import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.procfs.PidExe;
import io.fdsentry.target.Container.Naming;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The conditions of a selector on what does not change while a process runs one program; cheap ones first, since
/// the first that does not hold decides. Regular expressions must match the whole.
final class Conditions {
    private final Facts facts;
    private final ContainerNames names;

    Conditions(Facts facts, ContainerNames names) {
        this.facts = facts;
        this.names = names;
    }

    Answer hold(Selector selector) {
        Answer answer =
                pid(selector.pid()).and(text(selector.comm(), facts.stat().comm()));
        answer = answer == Answer.NO ? answer : answer.and(exe(selector.exe()));
        answer = answer == Answer.NO ? answer : answer.and(cgroup(selector.cgroup()));
        answer = answer == Answer.NO ? answer : answer.and(container(selector));
        return answer == Answer.NO ? answer : answer.and(cmdline(selector.cmdline()));
    }

    private Answer pid(@Nullable Integer pid) {
        return Answer.of(pid == null || pid == facts.stat().pid());
    }

    private Answer exe(@Nullable Pattern pattern) {
        return pattern == null ? Answer.YES : read(facts.exe().map(PidExe::path), path -> text(pattern, path));
    }

    private Answer cmdline(@Nullable Pattern pattern) {
        return pattern == null ? Answer.YES : read(facts.cmdline(), arguments -> text(pattern, arguments));
    }

    /// Any of its paths: version 1 has one for each hierarchy.
    private Answer cgroup(@Nullable Pattern pattern) {
        return pattern == null ? Answer.YES : read(facts.cgroup(), cgroup -> Answer.of(anyPath(cgroup, pattern)));
    }

    private static boolean anyPath(PidCgroup cgroup, Pattern pattern) {
        return cgroup.groups().stream().anyMatch(group -> pattern.matches(group.path()));
    }

    private Answer container(Selector selector) {
        if (selector.container() == null
                && selector.pod() == null
                && selector.namespace() == null
                && selector.workload() == null) {
            return Answer.YES;
        }
        return read(
                facts.container(names),
                container -> byContainer(selector.container(), container)
                        .and(byPod(
                                selector.namespace(),
                                container,
                                container.name().namespace()))
                        .and(byPod(selector.pod(), container, container.name().pod()))
                        .and(byPod(
                                selector.workload(),
                                container,
                                Workload.of(container.name().pod()))));
    }

    /// The name, the full id or the short one.
    private static Answer byContainer(@Nullable Pattern pattern, Container container) {
        if (pattern == null) {
            return Answer.YES;
        }
        boolean matches = pattern.matches(container.name().container())
                || pattern.matches(container.name().id());
        return matches ? Answer.YES : container.naming() == Naming.COMPLETE ? Answer.NO : Answer.UNDECIDED;
    }

    /// Outside of pods these names are empty, which an expression may match, as in Prometheus.
    private static Answer byPod(@Nullable Pattern pattern, Container container, String name) {
        if (pattern == null) {
            return Answer.YES;
        }
        return container.naming() == Naming.UNKNOWN ? Answer.UNDECIDED : text(pattern, name);
    }

    private static Answer text(@Nullable Pattern pattern, String text) {
        return Answer.of(pattern == null || pattern.matches(text));
    }

    /// What may not be read decides nothing.
    private static <T> Answer read(Outcome<T> outcome, Function<T, Answer> holds) {
        return switch (outcome) {
            case Outcome.Seen<T>(T value) -> holds.apply(value);
            case Outcome.Gone<T> _, Outcome.Denied<T> _, Outcome.Unsupported<T> _, Outcome.Failed<T> _ ->
                Answer.UNDECIDED;
        };
    }
}
