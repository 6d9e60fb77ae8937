/// The log: one [logfmt](https://brandur.org/logfmt) line on standard error for each event.
///
/// An SLF4J provider of its own, since `slf4j-simple` glues key/value pairs unquoted before the message and prints
/// stack
/// traces over many lines, from which no logfmt can be made again. It knows SLF4J and `java.util.logging`, through
/// which
/// the JDK and the Prometheus client speak, and no room of ours.
@NullMarked
package io.fdsentry.logfmt;

import org.jspecify.annotations.NullMarked;
