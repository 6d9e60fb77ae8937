/// What the page draws over time, in bounded memory. It must not know where the counts come from, nor who asks
/// for them.
@NullMarked
package io.fdsentry.web.history;

import org.jspecify.annotations.NullMarked;
