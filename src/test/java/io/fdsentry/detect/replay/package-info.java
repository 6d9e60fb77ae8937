@NullMarked
package io.fdsentry.detect.replay;

import org.jspecify.annotations.NullMarked;
