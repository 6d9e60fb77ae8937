@NullMarked
package io.fdsentry.sample.runtime;

import org.jspecify.annotations.NullMarked;
