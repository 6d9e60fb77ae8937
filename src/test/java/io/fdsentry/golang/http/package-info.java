@NullMarked
package io.fdsentry.golang.http;

import org.jspecify.annotations.NullMarked;
