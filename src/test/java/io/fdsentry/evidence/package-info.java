@NullMarked
package io.fdsentry.evidence;

import org.jspecify.annotations.NullMarked;
