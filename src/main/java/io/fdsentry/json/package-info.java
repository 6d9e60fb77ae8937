/// The one JSON shape, for the API, `inspect --json` and evidence, and reading it back.
///
/// Keys are snake_case, durations seconds, times RFC 3339. What is not known is absent, what is infinite is `null`,
/// and top-level lists are `{"items": [...]}`. The only room that knows gson.
@NullMarked
package io.fdsentry.json;

import org.jspecify.annotations.NullMarked;
