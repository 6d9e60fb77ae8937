package io.fdsentry.golang;

import java.nio.ByteBuffer;
import java.util.List;

/// Where a Go program keeps the tables of its code: the runtime's `firstmoduledata`, as it stands in memory, so
/// with the addresses that the kernel gave to the program. There is one for all of it, but in plugins.
///
/// @param minCode smallest step between instructions in bytes
/// @param text where the code starts; functions lie at offsets from it
/// @param functions the table of functions, sorted: pairs of code offset and offset in `infos`
/// @param functionCount its pairs without the last, which is the end
/// @param names, files, units, counters, infos tables that offsets point into
/// @param inlining base of the tables of inlined calls (`gofunc`)
/// @param data, bss, pointerless initialised, zeroed, and zeroed variables without pointers
record ModuleData(
        int minCode,
        long text,
        long functions,
        int functionCount,
        long names,
        long units,
        long files,
        long counters,
        long infos,
        long inlining,
        Range data,
        Range bss,
        Range pointerless) {

    /// Addresses from `start` to before `end`.
    record Range(long start, long end) {
        boolean has(long address) {
            return address >= start && address < end;
        }
    }

    private static final int MAGIC_118 = 0xfffffff0;
    private static final int MAGIC_120 = 0xfffffff1;
    private static final int HEADER = 72;
    private static final int NAMES_OFFSET = 32;
    private static final int CHUNK = 1 << 18;
    /// Of all segments together.
    private static final long MOST_SEARCHED = 512L << 20;
    private static final int MOST_FUNCTIONS = 1 << 24;
    private static final long LARGEST_DATA = 1L << 32;

    static ModuleData find(Bytes memory, Elf elf, long bias, GoBuild build, Layout layout) throws Unreadable {
        int magic = build.minor() < 20 ? MAGIC_118 : MAGIC_120;
        long lines = lineTable(memory, elf, bias, magic);
        ByteBuffer header = memory.read(lines, HEADER);
        long names = lines + header.getLong(NAMES_OFFSET);
        return parse(memory, module(memory, elf, bias, lines, names), header.get(6), layout);
    }

    /// The header of the function table, `pcHeader`: in a section, but where a C linker made an executable that
    /// the kernel may put anywhere.
    private static long lineTable(Bytes memory, Elf elf, long bias, int magic) throws Unreadable {
        Elf.Section section = elf.section(".gopclntab", ".data.rel.ro.gopclntab");
        if (section != null && isLineTable(memory.read(section.address() + bias, HEADER), 0, magic)) {
            return section.address() + bias;
        }
        long found = search(memory, elf.segments(), bias, (bytes, at) -> isLineTable(bytes, at, magic));
        if (found == 0) {
            throw Unreadable.failed("the program's table of functions (pclntab) is not to be found");
        }
        return found;
    }

    private static boolean isLineTable(ByteBuffer bytes, int at, int magic) {
        if (bytes.getInt(at) != magic) {
            return false;
        }
        int minCode = bytes.get(at + 6);
        long names = bytes.getLong(at + NAMES_OFFSET);
        return bytes.getShort(at + 4) == 0
                && (minCode == 1 || minCode == 4)
                && bytes.get(at + 7) == 8
                && names >= HEADER
                && names <= 128;
    }

    private static long module(Bytes memory, Elf elf, long bias, long lines, long names) throws Unreadable {
        Elf.Section section = elf.section(".go.module");
        if (section != null) {
            ByteBuffer start = memory.read(section.address() + bias, HEADER);
            if (isModule(start, 0, lines, names)) {
                return section.address() + bias;
            }
        }
        List<Elf.Segment> variables =
                elf.segments().stream().filter(Elf.Segment::writable).toList();
        long found = search(memory, variables, bias, (bytes, at) -> isModule(bytes, at, lines, names));
        if (found == 0) {
            throw Unreadable.failed("the program's tables (moduledata) are not to be found");
        }
        return found;
    }

    private static boolean isModule(ByteBuffer bytes, int at, long lines, long names) {
        return bytes.getLong(at) == lines && bytes.getLong(at + 8) == names;
    }

    @FunctionalInterface
    private interface Suits {
        boolean at(ByteBuffer bytes, int offset);
    }

    /// @return the first multiple of 8 in what the segments have in the file that suits; 0 for none
    private static long search(Bytes memory, List<Elf.Segment> segments, long bias, Suits suits) throws Unreadable {
        long left = MOST_SEARCHED;
        for (Elf.Segment segment : segments) {
            long length = Math.min(segment.fileSize(), left);
            long found = search(memory, segment.address() + bias, length, suits);
            if (found != 0) {
                return found;
            }
            left -= length;
        }
        return 0;
    }

    private static long search(Bytes memory, long from, long length, Suits suits) throws Unreadable {
        long start = from + 7 & -8;
        long end = from + length;
        for (long at = start; at + HEADER <= end; at += CHUNK) {
            ByteBuffer bytes = memory.read(at, (int) Math.min(CHUNK + HEADER, end - at));
            for (int i = 0; i + HEADER <= bytes.limit(); i += 8) {
                if (suits.at(bytes, i)) {
                    return at + i;
                }
            }
        }
        return 0;
    }

    private static ModuleData parse(Bytes memory, long address, int minCode, Layout layout) throws Unreadable {
        ByteBuffer bytes = memory.read(address, layout.at("moduledata.gofunc") + 8);
        long count = word(bytes, layout, "moduledata.ftab", 8) - 1;
        if (count < 1 || count > MOST_FUNCTIONS) {
            throw Unreadable.failed("a table of " + count + " functions");
        }
        return new ModuleData(
                minCode,
                word(bytes, layout, "moduledata.text", 0),
                word(bytes, layout, "moduledata.ftab", 0),
                (int) count,
                word(bytes, layout, "moduledata.funcnametab", 0),
                word(bytes, layout, "moduledata.cutab", 0),
                word(bytes, layout, "moduledata.filetab", 0),
                word(bytes, layout, "moduledata.pctab", 0),
                word(bytes, layout, "moduledata.pclntable", 0),
                word(bytes, layout, "moduledata.gofunc", 0),
                range(bytes, layout, "data"),
                range(bytes, layout, "bss"),
                range(bytes, layout, "noptrbss"));
    }

    private static long word(ByteBuffer bytes, Layout layout, String field, int more) {
        return bytes.getLong(layout.at(field) + more);
    }

    private static Range range(ByteBuffer bytes, Layout layout, String name) throws Unreadable {
        long start = word(bytes, layout, "moduledata." + name, 0);
        long end = word(bytes, layout, "moduledata.e" + name, 0);
        if (start <= 0 || end < start || end - start > LARGEST_DATA) {
            throw Unreadable.failed("impossible variables from 0x" + Long.toHexString(start));
        }
        return new Range(start, end);
    }
}
