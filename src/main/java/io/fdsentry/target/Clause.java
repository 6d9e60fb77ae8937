package io.fdsentry.target;

import com.google.re2j.Pattern;
import io.fdsentry.config.Selector;
import org.jspecify.annotations.Nullable;

/// A selector as one question about a process, whose answer is remembered as far as it cannot change while the
/// process runs the same program.
///
/// @param question its number among all selectors of the configuration
/// @param selector what is asked
record Clause(int question, Selector selector) {
    Answer answer(Known known, World world) {
        Answer lasting = known.answer(question);
        if (lasting == null) {
            lasting = new Conditions(known.facts(), world.names()).hold(selector);
            known.answered(question, lasting);
        }
        return lasting == Answer.NO
                ? lasting
                : lasting.and(pidFile(known, world)).and(listens(known, world));
    }

    /// Of a process that may not be read at all its number alone.
    Answer answer(int pid, World world) {
        Integer wanted = selector.pid();
        Answer byPid =
                wanted == null ? Answer.UNDECIDED : Answer.of(wanted == pid).and(Answer.UNDECIDED);
        return selector.pidFile() == null ? byPid : byPid.and(world.pidFiles().names(selector.pidFile(), pid));
    }

    /// The number it asks for; null if it asks for none, or for one in a file that cannot be read.
    @Nullable
    Integer namedPid(World world) {
        return selector.pid() != null || selector.pidFile() == null
                ? selector.pid()
                : world.pidFiles().number(selector.pidFile());
    }

    private Answer pidFile(Known known, World world) {
        return selector.pidFile() == null
                ? Answer.YES
                : world.pidFiles().names(selector.pidFile(), known.id().pid());
    }

    private Answer listens(Known known, World world) {
        return selector.listenPort() == null ? Answer.YES : known.listens(selector.listenPort(), world.ports());
    }

    /// Whether it means fdsentry by its number, its port or its name, and not merely everything: what a broad
    /// expression such as `.*` or `java` finds is not asked for.
    boolean asksForFdsentry() {
        return selector.pid() != null
                || selector.pidFile() != null
                || selector.listenPort() != null
                || named(selector.comm())
                || named(selector.exe())
                || named(selector.cmdline())
                || named(selector.cgroup())
                || named(selector.container())
                || named(selector.pod())
                || named(selector.workload());
    }

    private static boolean named(@Nullable Pattern pattern) {
        return pattern != null && pattern.pattern().contains("fdsentry");
    }
}
