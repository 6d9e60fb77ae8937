package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A 64-bit program as [elf(5)](https://man7.org/linux/man-pages/man5/elf.5.html) has it, as far as its headers
/// tell.
///
/// @param machine what it runs on
/// @param relocatable whether the kernel chose where it lies (ET_DYN)
/// @param segments what of it is in memory
/// @param sections empty where they are missing or make no sense: programs run without
/// @param isPacked whether UPX made it, which leaves its mark (`l_magic`) behind the headers of the segments
record Elf(Machine machine, boolean relocatable, List<Segment> segments, List<Section> sections, boolean isPacked) {
    /// Architectures whose Go runtime has a known layout.
    enum Machine {
        AMD64,
        ARM64
    }

    /// A PT_LOAD segment: `fileSize` bytes from `offset` in the file lie at `address`, and zeros up to `size`.
    record Segment(boolean executable, boolean writable, long offset, long address, long fileSize, long size) {}

    /// A part of the program by its name.
    record Section(String name, long address, long offset, long size) {}

    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SECTION = 64;
    private static final int MOST_SEGMENTS = 256;
    private static final int MOST_SECTIONS = 4096;
    private static final int LONGEST_NAMES = 1 << 18;
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int LOAD = 1;
    private static final int UPX = 0x21585055;

    /// @throws Unreadable with what it is instead
    static Elf parse(Bytes file) throws Unreadable {
        ByteBuffer start = file.read(0, HEADER);
        if (start.getInt(0) != MAGIC) {
            throw Unreadable.unsupported("not an ELF program");
        }
        if (start.get(4) != CLASS_64 || start.get(5) != LITTLE_ENDIAN) {
            throw Unreadable.unsupported("a program for a 32-bit or big-endian machine");
        }
        int type = start.getShort(16);
        if (type != EXECUTABLE && type != SHARED) {
            throw Unreadable.unsupported("not an ELF program");
        }
        Machine machine = machine(start.getShort(18));
        return new Elf(machine, type == SHARED, segments(file, start), sections(file, start), isPacked(file, start));
    }

    private static boolean isPacked(Bytes file, ByteBuffer start) {
        long end = start.getLong(32) + (long) Short.toUnsignedInt(start.getShort(56)) * SEGMENT;
        try {
            return file.read(end, 8).getInt(4) == UPX;
        } catch (Unreadable _) {
            return false;
        }
    }

    private static Machine machine(int number) throws Unreadable {
        return switch (number) {
            case X86_64 -> Machine.AMD64;
            case AARCH64 -> Machine.ARM64;
            default -> throw Unreadable.unsupported("a program for a machine that is neither amd64 nor arm64");
        };
    }

    private static List<Segment> segments(Bytes file, ByteBuffer start) throws Unreadable {
        int count = Short.toUnsignedInt(start.getShort(56));
        if (start.getShort(54) != SEGMENT || count == 0 || count > MOST_SEGMENTS) {
            throw Unreadable.unsupported("an ELF program with unusual headers");
        }
        ByteBuffer table = file.read(start.getLong(32), count * SEGMENT);
        List<Segment> segments = new ArrayList<>();
        for (int at = 0; at < count * SEGMENT; at += SEGMENT) {
            if (table.getInt(at) == LOAD) {
                segments.add(segment(table, at));
            }
        }
        return List.copyOf(segments);
    }

    private static Segment segment(ByteBuffer table, int at) throws Unreadable {
        int flags = table.getInt(at + 4);
        long offset = table.getLong(at + 8);
        long address = table.getLong(at + 16);
        long fileSize = table.getLong(at + 32);
        long size = table.getLong(at + 40);
        if (offset < 0 || address < 0 || fileSize < 0 || size < fileSize || address + size < 0) {
            throw Unreadable.unsupported("an ELF program with unusual headers");
        }
        return new Segment((flags & 1) != 0, (flags & 2) != 0, offset, address, fileSize, size);
    }

    private static List<Section> sections(Bytes file, ByteBuffer start) {
        int count = Short.toUnsignedInt(start.getShort(60));
        int names = Short.toUnsignedInt(start.getShort(62));
        long offset = start.getLong(40);
        if (start.getShort(58) != SECTION || offset <= 0 || names >= count || count > MOST_SECTIONS) {
            return List.of();
        }
        try {
            ByteBuffer table = file.read(offset, count * SECTION);
            ByteBuffer text = names(file, table, names * SECTION);
            List<Section> sections = new ArrayList<>(count);
            for (int at = 0; at < count * SECTION; at += SECTION) {
                String name = name(text, Integer.toUnsignedLong(table.getInt(at)));
                sections.add(new Section(name, table.getLong(at + 16), table.getLong(at + 24), table.getLong(at + 32)));
            }
            return List.copyOf(sections);
        } catch (Unreadable _) {
            return List.of();
        }
    }

    private static ByteBuffer names(Bytes file, ByteBuffer table, int at) throws Unreadable {
        long size = table.getLong(at + 32);
        if (size < 0 || size > LONGEST_NAMES) {
            throw Unreadable.unsupported("an ELF program with unusual headers");
        }
        return file.read(table.getLong(at + 24), (int) size);
    }

    private static String name(ByteBuffer text, long offset) {
        int start = (int) Math.min(offset, text.limit());
        int end = start;
        while (end < text.limit() && text.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - start];
        text.get(start, name);
        return new String(name, ISO_8859_1);
    }

    /// The first section of one of these names.
    @Nullable
    Section section(String... names) {
        for (String name : names) {
            for (Section section : sections) {
                if (section.name.equals(name)) {
                    return section;
                }
            }
        }
        return null;
    }

    /// How far from where its headers say the program lies.
    ///
    /// @param startCode of `/proc/PID/stat`: where the lowest executable segment lies
    long bias(long startCode) throws Unreadable {
        long lowest = Long.MAX_VALUE;
        for (Segment segment : segments) {
            lowest = segment.executable ? Math.min(lowest, segment.address) : lowest;
        }
        if (lowest == Long.MAX_VALUE) {
            throw Unreadable.unsupported("an ELF program without code");
        }
        return relocatable ? startCode - lowest : 0;
    }
}
