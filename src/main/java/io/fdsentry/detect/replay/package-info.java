/// History from a file through the very code that judges live processes, at any speed.
@NullMarked
package io.fdsentry.detect.replay;

import org.jspecify.annotations.NullMarked;
