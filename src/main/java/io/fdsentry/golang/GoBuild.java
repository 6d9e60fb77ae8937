package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.ProcText;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a program says of how it was built, where the Go linker made it: its build information, which strip(1)
/// leaves.
///
///     \xff " Go buildinf:"    // 14 bytes, at a multiple of 16
///     u8 pointer size         // 14
///     u8 flags                // 15: bit 1: strings follow, from Go 1.18 on
///     varint length, text     // 32: the version; then the modules
///
/// @param version such as `go1.26.8` or `go1.23.1 X:nocoverageredesign`
/// @param minor the 26 of it
public record GoBuild(String version, int minor) {
    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(ISO_8859_1);
    private static final int ALIGNMENT = 16;
    private static final int HEADER = 32;
    private static final int LONGEST_VERSION = 120;
    private static final int CHUNK = 64 * 1024;
    /// Of all segments together.
    private static final long MOST_SEARCHED = 64 << 20;
    private static final String PACKED = "a program packed by UPX, which hides whether it is of Go";
    private static final Pattern RELEASE = Pattern.compile("go1\\.(\\d{1,3})(?!\\d)");

    /// Of the program a process runs; some tens of microseconds.
    ///
    /// @return [Outcome.Unsupported] where it is no program of the Go compiler, with why that is thought
    public static Outcome<GoBuild> read(ProcFs procfs, int pid) {
        try (ProgramFile file = ProgramFile.open(procfs, pid)) {
            return Outcome.seen(find(file, Elf.parse(file)));
        } catch (Unreadable e) {
            return e.outcome();
        }
    }

    /// Whether a program may be of Go for all that was read of it.
    public static boolean isPossible(Outcome<GoBuild> read) {
        return switch (read) {
            case Outcome.Seen<GoBuild> _, Outcome.Denied<GoBuild> _ -> true;
            case Outcome.Unsupported<GoBuild>(String what) -> what.startsWith("a Go program") || what.equals(PACKED);
            case Outcome.Gone<GoBuild> _, Outcome.Failed<GoBuild> _ -> false;
        };
    }

    static GoBuild find(Bytes file, Elf elf) throws Unreadable {
        Elf.Section section = elf.section(".go.buildinfo");
        if (section != null && section.size() >= HEADER && isAt(file, section.offset())) {
            return parse(file, section.offset());
        }
        long left = MOST_SEARCHED;
        for (Elf.Segment segment : elf.segments()) {
            long length = segment.writable() ? Math.min(segment.fileSize(), left) : 0;
            long found = search(file, segment.offset(), length);
            if (found != 0) {
                return parse(file, found);
            }
            left -= length;
        }
        throw Unreadable.unsupported(elf.isPacked() ? PACKED : "not a Go program");
    }

    private static boolean isAt(Bytes file, long offset) throws Unreadable {
        return startsAt(file.read(offset, HEADER), 0);
    }

    /// @return where it is in the file, 0 where it is not: nothing but the ELF header is
    private static long search(Bytes file, long offset, long length) throws Unreadable {
        long end = offset + length;
        for (long at = offset + ALIGNMENT - 1 & -ALIGNMENT; at < end; at += CHUNK) {
            ByteBuffer chunk = file.read(at, (int) Math.min(CHUNK + ALIGNMENT, end - at));
            for (int i = 0; i + HEADER <= chunk.limit(); i += ALIGNMENT) {
                if (startsAt(chunk, i)) {
                    return at + i;
                }
            }
        }
        return 0;
    }

    private static boolean startsAt(ByteBuffer bytes, int at) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.get(at + i) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static GoBuild parse(Bytes file, long offset) throws Unreadable {
        ByteBuffer start = file.read(offset, HEADER + 1);
        if (start.get(14) != 8 && start.get(14) != 0 || (start.get(15) & 2) == 0) {
            throw Unreadable.unsupported("a Go program older than Go 1.18, or of 32 bits");
        }
        int length = start.get(HEADER);
        if (length <= 0 || length > LONGEST_VERSION) {
            throw Unreadable.unsupported("a Go program that does not say its version");
        }
        byte[] text = file.read(offset + HEADER + 1, length).array();
        String version = ProcText.printable(new String(text, UTF_8));
        Matcher release = RELEASE.matcher(version);
        if (!release.find()) {
            throw Unreadable.unsupported("a Go program of no release: " + version);
        }
        return new GoBuild(version, Integer.parseInt(release.group(1)));
    }
}
