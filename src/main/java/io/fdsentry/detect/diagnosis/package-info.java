/// Why a resource rises: a small class for each cause that counts and sockets can tell. Each answers only when
/// what it asks for is plainly there, with the figures in a sentence; a cause that is not sure is none.
@NullMarked
package io.fdsentry.detect.diagnosis;

import org.jspecify.annotations.NullMarked;
