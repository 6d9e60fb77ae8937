/// Lives of real processes, watched at played time: each cause by what really leaks so, what looks like a leak and is
/// none, and the incidents this program is for.
@NullMarked
package io.fdsentry.lives;

import org.jspecify.annotations.NullMarked;
