@NullMarked
package io.fdsentry.web.history;

import org.jspecify.annotations.NullMarked;
