/// The system calls Java has no API for, and memory they may write to.
///
/// The only room that knows `java.lang.foreign`: the others see ints, longs, and [NativeBuffer], whose content they
/// read as an ordinary `ByteBuffer`. It knows nothing of what the calls are used for; message formats and the
/// text of procfs are the business of `netlink` and `procfs`.
@NullMarked
package io.fdsentry.libc;

import org.jspecify.annotations.NullMarked;
