package io.fdsentry.model;

import java.util.Locale;

/// What most likely leaks, each with a runbook page of its name: the label `cause` of `fdsentry_finding_info`.
public enum Cause {
    RESPONSE_BODY_NOT_CLOSED,
    CONNECTION_POOL_PER_REQUEST,
    RETIRED_BACKEND_CONNECTIONS,
    DEADLOCKED_HANDLERS,
    HALF_OPEN_PEERS,
    GOROUTINE_LEAK,
    THREAD_LEAK,
    HTTP_CLIENT_PER_REQUEST,
    CHILD_PIPES_NOT_CLOSED,
    UNCLOSED_FILES,
    UNKNOWN;

    /// As labels and JSON write it, such as `goroutine_leak`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
