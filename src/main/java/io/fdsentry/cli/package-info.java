/// The commands: what each flag means, and what a person sees at the terminal.
///
/// The only room that knows picocli. Commands call the other rooms; no other room but the root calls a command.
@NullMarked
package io.fdsentry.cli;

import org.jspecify.annotations.NullMarked;
