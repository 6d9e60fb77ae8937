/// `fdsentry evidence`: what was recorded, from the directory it is kept in or from a daemon that keeps it in
/// memory.
@NullMarked
package io.fdsentry.cli.evidence;

import org.jspecify.annotations.NullMarked;
