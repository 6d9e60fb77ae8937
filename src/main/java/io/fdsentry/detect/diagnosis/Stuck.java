package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.TcpState;

/// Whether connections in some state are what rises.
final class Stuck {
    private Stuck() {}

    /// CLOSE_WAIT, and what became of it: dead but held. Where those are what was judged, they are what rises,
    /// whatever else the process opened since it started.
    static boolean makesTheRise(Subject subject) {
        return makesPartOfTheRise(subject, Diagnosis.MOST);
    }

    /// The same, of a part of what rises.
    static boolean makesPartOfTheRise(Subject subject, double part) {
        int closeWait = rise(subject, TcpState.CLOSE_WAIT);
        int stuck = closeWait + rise(subject, TcpState.CLOSED);
        return switch (subject.verdict().resource()) {
            case CLOSE_WAIT, CLOSED -> closeWait > 0 && stuck >= Diagnosis.FEW;
            case FDS, SOCKETS, STALE_SOCKETS, THREADS, GOROUTINES -> closeWait > 0 && isPart(stuck, subject, part);
        };
    }

    /// Established ones.
    static boolean establishedMakeTheRise(Subject subject) {
        return isPart(rise(subject, TcpState.ESTABLISHED), subject, Diagnosis.MOST);
    }

    private static int rise(Subject subject, TcpState state) {
        return subject.now().rise(state, subject.before());
    }

    private static boolean isPart(int rise, Subject subject, double part) {
        return rise >= Diagnosis.FEW && rise >= part * all(subject);
    }

    /// What rose: where sockets were judged, the sockets, whatever files a young process opened besides.
    private static int all(Subject subject) {
        int sockets = subject.now().rise(FdKind.SOCKET, subject.before());
        int fds = subject.now().riseOfFds(subject.before());
        return switch (subject.verdict().resource()) {
            case SOCKETS, STALE_SOCKETS -> sockets > 0 ? sockets : fds;
            case FDS, CLOSE_WAIT, CLOSED, THREADS, GOROUTINES -> Math.max(sockets, fds);
        };
    }
}
