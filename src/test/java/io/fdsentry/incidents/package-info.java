/// The incidents of `src/incidents`, played with real programs and watched by the real fdsentry.
@NullMarked
package io.fdsentry.incidents;

import org.jspecify.annotations.NullMarked;
