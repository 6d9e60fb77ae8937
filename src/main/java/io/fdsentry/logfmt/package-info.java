/// The log: one [logfmt](https://brandur.org/logfmt) line on standard error for each event.
///
/// `slf4j-simple` writes the lines, their time and level. Left alone it glues key/value pairs unquoted before the
/// message and prints stack traces over many lines, from which no logfmt can be made again; so the message with
/// its pairs is made here. It knows SLF4J and `java.util.logging`, through which the JDK and the Prometheus
/// client speak, and no room of ours.
@NullMarked
package io.fdsentry.logfmt;

import org.jspecify.annotations.NullMarked;
