/// Whether one series (one resource of one process) leaks: its floors at several scales, the rules about them,
/// and the verdict that follows. Knows neither processes nor sockets, only numbers and times.
///
/// Data flows one way: a [Row] of counts goes into [Floors] (the lowest value of each window) and [Peaks] (the
/// highest of each hour); when a window closes, the [Rules] of its [Scale] look at the last floors as a [Run];
/// what they find is [Evidence]; [Judge] turns evidence and its return into a state. [Series] is the whole of it,
/// and what others use.
@NullMarked
package io.fdsentry.detect.trend;

import org.jspecify.annotations.NullMarked;
