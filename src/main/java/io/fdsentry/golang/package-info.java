/// What the goroutines of a Go program wait for, where, and since when.
///
/// Read from the memory of the process, from outside ([NativeGoroutines]): the process is never stopped,
/// signalled or traced, and knows nothing of it. The runtime's structures are found through what every Go program
/// carries for its own garbage collector and stack traces, stripped or not; where a field lies is data
/// (`layouts.txt`), made from the debug information of each release by `scripts/go-layouts.sh`. What does not fit
/// is refused with the reason.
///
/// It knows nothing of targets, rounds and metrics.
@NullMarked
package io.fdsentry.golang;

import org.jspecify.annotations.NullMarked;
