package io.fdsentry.target;

import io.fdsentry.config.TargetConfig;
import java.util.List;

/// A configured target, as questions.
///
/// @param target what processes belong to
/// @param match must hold
/// @param exclude of which none may hold
record Rule(TargetConfig target, Clause match, List<Clause> exclude) {
    Rule {
        exclude = List.copyOf(exclude);
    }

    /// Whether a process itself belongs to it.
    Answer matches(Known known, World world) {
        if (world.isSelf(known) && !match.asksForFdsentry()) {
            return Answer.NO;
        }
        Answer answer = match.answer(known, world);
        return answer == Answer.NO ? answer : answer.and(excludes(known, world).not());
    }

    /// Whether a descendant of a process that belongs to it does: unless it is excluded.
    Answer inherits(Known known, World world) {
        return world.isSelf(known) ? Answer.NO : excludes(known, world).not();
    }

    /// Of a process that may not be read at all.
    Answer matches(int hiddenPid, World world) {
        Answer answer = match.answer(hiddenPid, world);
        for (Clause clause : exclude) {
            answer = answer.and(clause.answer(hiddenPid, world).not());
        }
        return answer;
    }

    private Answer excludes(Known known, World world) {
        Answer answer = Answer.NO;
        for (Clause clause : exclude) {
            answer = answer.or(clause.answer(known, world));
        }
        return answer;
    }
}
