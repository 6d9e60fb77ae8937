/// What the runtimes inside the watched processes tell: the goroutines of Go programs, from whichever source the
/// configuration names, and the threads that a JVM counts itself.
///
/// Memory is read on the thread of the rounds, within the sampler's budget. Whatever may block (HTTP, files of the
/// target) is asked on threads apart ([Background]); a round takes the last answer, with its age.
///
/// It knows no descriptors and no sockets; which ports a process listens on it is told.
@NullMarked
package io.fdsentry.sample.runtime;

import org.jspecify.annotations.NullMarked;
