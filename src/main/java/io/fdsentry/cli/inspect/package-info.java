/// `fdsentry inspect`: one look at processes, for a person at a terminal.
///
/// A look comes from the daemon or from a sampler of its own; what is drawn from it is text, and the same for both.
@NullMarked
package io.fdsentry.cli.inspect;

import org.jspecify.annotations.NullMarked;
