/// What tests of every room share: waiting for a condition, and saying plainly what a machine lacks.
@NullMarked
package io.fdsentry.testing;

import org.jspecify.annotations.NullMarked;
