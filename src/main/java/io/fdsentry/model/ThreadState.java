package io.fdsentry.model;

import java.util.Locale;

/// State of a kernel thread, from the letter in
/// [proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html): the label `state` of
/// `fdsentry_process_threads`.
public enum ThreadState {
    RUNNING,
    SLEEPING,
    /// Waiting in the kernel without a way to interrupt it, usually for a disk or a network file system.
    DISK_SLEEP,
    STOPPED,
    TRACED,
    ZOMBIE,
    DEAD,
    IDLE,
    OTHER;

    /// The state of a letter of `/proc/PID/stat`.
    public static ThreadState of(char letter) {
        return switch (letter) {
            case 'R' -> RUNNING;
            case 'S' -> SLEEPING;
            case 'D' -> DISK_SLEEP;
            case 'T' -> STOPPED;
            case 't' -> TRACED;
            case 'Z' -> ZOMBIE;
            case 'X', 'x' -> DEAD;
            case 'I' -> IDLE;
            default -> OTHER;
        };
    }

    /// As labels and JSON write it, such as `disk_sleep`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
