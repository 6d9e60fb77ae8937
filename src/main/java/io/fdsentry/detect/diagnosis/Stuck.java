package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.TcpState;

/// Whether connections in some state are what rises.
final class Stuck {
    private Stuck() {}

    /// CLOSE_WAIT, and what became of it: dead but held. Where those are what was judged, they are what rises, whatever
    /// else the process opened since it started.
    static boolean makesTheRise(Subject subject) {
        int closeWait = rise(subject, TcpState.CLOSE_WAIT);
        int stuck = closeWait + rise(subject, TcpState.CLOSED);
        return switch (subject.verdict().resource()) {
            case CLOSE_WAIT, CLOSED -> closeWait > 0 && stuck >= Diagnosis.FEW;
            case FDS, SOCKETS, STALE_SOCKETS, THREADS, GOROUTINES -> closeWait > 0 && isMost(stuck, subject);
        };
    }

    /// Established ones.
    static boolean establishedMakeTheRise(Subject subject) {
        return isMost(rise(subject, TcpState.ESTABLISHED), subject);
    }

    private static int rise(Subject subject, TcpState state) {
        return subject.now().rise(state, subject.before());
    }

    private static boolean isMost(int rise, Subject subject) {
        int sockets = subject.now().rise(FdKind.SOCKET, subject.before());
        int all = Math.max(sockets, subject.now().riseOfFds(subject.before()));
        return rise >= Diagnosis.FEW && rise >= Diagnosis.MOST * all;
    }
}
