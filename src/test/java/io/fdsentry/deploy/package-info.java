/// What is shipped to put fdsentry into a cluster or onto a host, held against schemas, against each other and
/// against what fdsentry is.
@NullMarked
package io.fdsentry.deploy;

import org.jspecify.annotations.NullMarked;
