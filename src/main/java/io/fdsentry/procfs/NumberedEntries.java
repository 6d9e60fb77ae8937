package io.fdsentry.procfs;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;

/// The entries of an open directory whose names are numbers, one after the other, such as those of `/proc/PID/fd`.
/// Others are passed over. Used again for the next directory; makes no garbage.
final class NumberedEntries {
    private static final int CAPACITY = 32 * 1024;
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;
    private static final int LONGEST = 9;

    private final NativeBuffer records = new NativeBuffer(CAPACITY);
    private final byte[] bytes = new byte[CAPACITY];
    private int directory;
    private int end;
    private int next;
    private int name;
    private int number;

    /// Begins a directory.
    ///
    /// @param fd which remains the caller's to close
    void begin(int fd) {
        directory = fd;
        end = 0;
        next = 0;
    }

    /// Goes to the next entry.
    ///
    /// @return whether there is one
    boolean advance() throws ErrnoException {
        do {
            if (next >= end && !fill()) {
                return false;
            }
            name = next + NAME;
            next += Short.toUnsignedInt(records.bytes().getShort(next + RECORD_LENGTH));
        } while (!isNumber());
        return true;
    }

    /// Goes to an entry of which only the number is known, outside any directory.
    void point(int to) {
        name = records.capacity() - 1;
        records.bytes().put(name, (byte) 0);
        int rest = to;
        do {
            records.bytes().put(--name, (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest > 0);
        number = to;
        end = 0;
        next = 0;
    }

    /// The number of the current entry.
    int number() {
        return number;
    }

    /// Where the current entry's name is in [#names].
    int name() {
        return name;
    }

    /// Holds the current entry's name, with a NUL.
    NativeBuffer names() {
        return records;
    }

    private boolean fill() throws ErrnoException {
        next = 0;
        end = Libc.getdents64(directory, records);
        records.bytes().get(0, bytes, 0, end);
        return end > 0;
    }

    private boolean isNumber() {
        int value = 0;
        int at = name;
        for (byte digit = bytes[at]; digit != 0; digit = bytes[++at]) {
            if (digit < '0' || digit > '9' || at - name == LONGEST) {
                return false;
            }
            value = value * 10 + digit - '0';
        }
        number = value;
        return true;
    }
}
