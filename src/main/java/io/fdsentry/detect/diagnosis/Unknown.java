package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.TcpState;
import java.util.ArrayList;
import java.util.List;

/// Says what rises, and leaves the reason open.
final class Unknown implements Diagnosis {
    @Override
    public Explanation explain(Subject subject) {
        List<String> rises = new ArrayList<>();
        for (FdKind kind : FdKind.values()) {
            add(rises, subject.now().rise(kind, subject.before()), kind.label());
        }
        for (TcpState state : TcpState.values()) {
            add(rises, subject.now().rise(state, subject.before()), "TCP " + state.label());
        }
        add(rises, subject.now().riseOfThreads(subject.before()), "threads");
        add(rises, subject.now().riseOfGoroutines(subject.before()), "goroutines");
        String what = subject.verdict().resource().label().replace('_', ' ') + " rise and do not come back";
        String with = rises.isEmpty() ? "" : "; since the rise began: " + String.join(", ", rises);
        return new Explanation(Cause.UNKNOWN, what + with + Phrase.pace(subject) + ": the cause is not known.", "");
    }

    private static void add(List<String> rises, int rise, String what) {
        if (rise >= FEW) {
            rises.add("+" + Phrase.count(rise) + " " + what);
        }
    }
}
