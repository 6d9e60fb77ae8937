@NullMarked
package io.fdsentry.detect.trend;

import org.jspecify.annotations.NullMarked;
