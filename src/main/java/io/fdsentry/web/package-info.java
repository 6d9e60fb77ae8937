/// HTTP: routes, who may use them, the page, TLS and passwords.
///
/// The only room that knows the JDK's HTTP server. It formats nothing but the page: `/metrics` is a handler the
/// wiring hands in, JSON is written by `json`. It must not know the sampler: whatever is asked, the last round
/// answers.
@NullMarked
package io.fdsentry.web;

import org.jspecify.annotations.NullMarked;
