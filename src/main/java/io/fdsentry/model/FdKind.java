package io.fdsentry.model;

import java.util.Locale;

/// What a descriptor refers to: the label `kind` of `fdsentry_process_fds`.
/// Told from the link text of `/proc/PID/fd/N`
/// ([proc_pid_fd(5)](https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html)).
public enum FdKind {
    SOCKET,
    PIPE,
    REGULAR,
    DIRECTORY,
    DEVICE,
    EVENTFD,
    EVENTPOLL,
    INOTIFY,
    TIMERFD,
    SIGNALFD,
    MEMFD,
    PIDFD,
    IO_URING,
    BPF,
    OTHER;

    /// As labels and JSON write it, such as `io_uring`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
