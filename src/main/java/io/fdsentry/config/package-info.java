/// YAML to validated records, every problem with its line, and the watch on the file.
///
/// [ConfigLoader] and [WebConfigLoader] read a file once; [ConfigWatch] reads it again when it changes. Both give
/// a [Loaded]. Nodes are walked as text, top down: [Section] is a mapping, [Value] one value in it, [Form] how it
/// is written. The keys a reader asks a section for are the keys there are.
///
/// The only room that knows SnakeYAML. It knows nothing of processes: what a selector matches is the business of
/// `target`.
@NullMarked
package io.fdsentry.config;

import org.jspecify.annotations.NullMarked;
