/// The wiring: the only place, besides `cli`, that sees every room.
@NullMarked
package io.fdsentry;

import org.jspecify.annotations.NullMarked;
