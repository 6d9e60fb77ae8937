/// What a process says of itself over HTTP: `/debug/pprof/goroutine` of a Go program, and metrics in Prometheus'
/// text format.
///
/// The other end may be anything and mean ill. Every answer is bounded in size and time ([Fetch]), a redirect is an
/// error, text is parsed as it arrives and never kept whole, and what does not fit is refused with the reason. Of
/// pprof's forms the text ones are read, `debug=1` and `debug=2`: they have all that is needed, and a reader of
/// lines can be bounded more simply than one of compressed protocol buffers.
///
/// It knows nothing of targets, rounds and metrics. Calls take as long as the other end pleases, up to their bound:
/// never on the thread of the rounds.
@NullMarked
package io.fdsentry.golang.http;

import org.jspecify.annotations.NullMarked;
