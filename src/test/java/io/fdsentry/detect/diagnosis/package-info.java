@NullMarked
package io.fdsentry.detect.diagnosis;

import org.jspecify.annotations.NullMarked;
