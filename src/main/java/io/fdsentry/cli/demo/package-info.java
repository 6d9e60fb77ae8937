/// `fdsentry demo`: a leak as it happened, played by small programs of our own and watched by the real daemon.
///
/// [Ruler][io.fdsentry.cli.demo.Ruler], which leaks, and two [servers][io.fdsentry.cli.demo.Server] are JVMs of their
/// own; they talk HTTP on loopback, know nothing of fdsentry, and end with the process that started them, however that
/// ends. The only room that starts processes.
@NullMarked
package io.fdsentry.cli.demo;

import org.jspecify.annotations.NullMarked;
