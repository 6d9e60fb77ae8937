/// YAML to validated records, every problem with its line, and the watch on the file.
///
/// The only room that knows SnakeYAML. It knows nothing of processes: what a selector matches is the business of
/// `target`.
@NullMarked
package io.fdsentry.config;

import org.jspecify.annotations.NullMarked;
