@NullMarked
package io.fdsentry.detect;

import org.jspecify.annotations.NullMarked;
