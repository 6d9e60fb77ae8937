@NullMarked
package io.fdsentry.web;

import org.jspecify.annotations.NullMarked;
