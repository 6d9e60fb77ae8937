package io.fdsentry.libc;

/// What statx(2) tells of a file; reused from call to call.
///
///     struct statx {                      // include/uapi/linux/stat.h
///         __u32 stx_mask;                 //   0
///         __u32 stx_blksize;              //   4
///         __u64 stx_attributes;           //   8
///         __u32 stx_nlink;                //  16
///         __u32 stx_uid;                  //  20
///         __u32 stx_gid;                  //  24
///         __u16 stx_mode;                 //  28, then __u16 of padding
///         __u64 stx_ino;                  //  32
///         __u64 stx_size;                 //  40
///         __u64 stx_blocks;               //  48
///         __u64 stx_attributes_mask;      //  56
///         struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime; // 64, 16 bytes each
///         __u32 stx_rdev_major;           // 128
///         __u32 stx_rdev_minor;           // 132
///         __u32 stx_dev_major;            // 136
///         __u32 stx_dev_minor;            // 140
///         ...
///     };                                  // 256
public final class Statx {
    private static final int SIZE = 256;
    private static final int TYPE_MASK = 0xF000;

    private final NativeBuffer buffer = new NativeBuffer(SIZE);

    /// Permissions and type, as `st_mode`.
    public int mode() {
        return Short.toUnsignedInt(buffer.bytes().getShort(28));
    }

    /// The kind of file.
    public FileType type() {
        return FileType.of(mode() & TYPE_MASK);
    }

    /// Names it has; 0 once it is deleted.
    public int links() {
        return buffer.bytes().getInt(16);
    }

    public int uid() {
        return buffer.bytes().getInt(20);
    }

    public int gid() {
        return buffer.bytes().getInt(24);
    }

    public long inode() {
        return buffer.bytes().getLong(32);
    }

    /// Bytes; for `/proc/PID/fd` the number of open descriptors (Linux 6.2).
    public long size() {
        return buffer.bytes().getLong(40);
    }

    /// The device it lives on, major above minor: comparable, not the encoding of `st_dev`.
    public long device() {
        return Integer.toUnsignedLong(buffer.bytes().getInt(136)) << 32
                | Integer.toUnsignedLong(buffer.bytes().getInt(140));
    }

    NativeBuffer buffer() {
        return buffer;
    }

    /// The kinds of file of inode(7).
    public enum FileType {
        FIFO,
        CHARACTER_DEVICE,
        DIRECTORY,
        BLOCK_DEVICE,
        REGULAR,
        SYMBOLIC_LINK,
        SOCKET,
        /// Anonymous inodes have none.
        NONE;

        static FileType of(int bits) {
            return switch (bits) {
                case 0x1000 -> FIFO;
                case 0x2000 -> CHARACTER_DEVICE;
                case 0x4000 -> DIRECTORY;
                case 0x6000 -> BLOCK_DEVICE;
                case 0x8000 -> REGULAR;
                case 0xA000 -> SYMBOLIC_LINK;
                case 0xC000 -> SOCKET;
                default -> NONE;
            };
        }
    }
}
