@NullMarked
package io.fdsentry.metrics;

import org.jspecify.annotations.NullMarked;
