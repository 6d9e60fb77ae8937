@NullMarked
package io.fdsentry.json;

import org.jspecify.annotations.NullMarked;
