/// The vocabulary every room shares: records, enums and sealed types about processes, descriptors and sockets.
///
/// It does no I/O and knows no other room, so that everything else may speak in its words.
@NullMarked
package io.fdsentry.model;

import org.jspecify.annotations.NullMarked;
