package io.fdsentry.web;

/// Who a route answers.
enum Access {
    /// Everyone, without a password: a kubelet has none to show, and it learns nothing but that we live.
    PROBE,
    /// Everyone, with a password where there are any.
    MONITOR,
    /// Those `web.ui` lets in: the page, the API and the evidence.
    PERSON
}
