package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a HotSpot JVM counts of itself in `/tmp/hsperfdata_USER/PID`, PID being its number in its own PID namespace
/// and `/tmp` its own, which is below `/proc/PID/root`. Needs the right to look into the process. JVMs that were
/// told so (`-XX:-UsePerfData`, `-XX:+PerfDisableSharedMem`) have no such file.
///
/// The file belongs to the target, and so may the file system it lies in: opening it may take for ever. Read it
/// only on a thread that nobody waits for.
///
///     typedef struct {              // src/hotspot/share/runtime/perfMemory.hpp, PerfDataPrologue
///       jint   magic;               //  0  0xcafec0c0, big-endian
///       jbyte  byte_order;          //  4  1: little-endian
///       jbyte  major, minor;        //  5
///       jbyte  accessible;          //  7  0 while the JVM begins
///       jint   used, overflow;      //  8
///       jlong  mod_time_stamp;      // 16
///       jint   entry_offset;        // 24  the first entry
///       jint   num_entries;         // 28
///     } PerfDataPrologue;
///
///     typedef struct {              // the same file, PerfDataEntry
///       jint   entry_length;        //  0  the next one begins after so many bytes
///       jint   name_offset;         //  4  from here, with a NUL
///       jint   vector_length;       //  8  0: a single value
///       jbyte  data_type;           // 12  'J': a long
///       jbyte  flags, units, var;   // 13
///       jint   data_offset;         // 16  from here
///     } PerfDataEntry;
public final class HsPerfData {
    private static final int MAGIC = 0xcafec0c0;
    private static final int PROLOGUE = 32;
    private static final int ENTRY = 20;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ENTRIES = 10_000;
    private static final int MOST_FILES_IN_TMP = 5_000;
    private static final String OVERRUN = "its entries do not lie within it";

    private HsPerfData() {}

    /// The thread counts of a JVM.
    public static Outcome<Threads.Jvm> read(ProcFs procfs, int pid) {
        return PidStatus.read(procfs, pid)
                .flatMap(status -> read(
                        procfs.root().resolve(pid + "/root/tmp"),
                        status.nsPids().isEmpty() ? pid : status.nsPids().getLast(),
                        status.uid().effective()));
    }

    private static Outcome<Threads.Jvm> read(Path tmp, int number, int uid) {
        try {
            Path file = find(tmp, Integer.toString(number), uid);
            return file == null
                    ? Outcome.unsupported("no hsperfdata file")
                    : Outcome.seen(parse(ByteBuffer.wrap(content(file))));
        } catch (AccessDeniedException e) {
            return Outcome.denied(Reason.PERMISSION);
        } catch (NoSuchFileException e) {
            return Outcome.unsupported("no /tmp to hold an hsperfdata file");
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed("hsperfdata: " + e.getMessage());
        }
    }

    /// A file of the process' own user: whoever may write to `/tmp` may put one there.
    private static @Nullable Path find(Path tmp, String number, int uid) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tmp)) {
            int looked = 0;
            for (Path entry : entries) {
                if (++looked > MOST_FILES_IN_TMP) {
                    return null;
                }
                if (entry.getFileName().toString().startsWith("hsperfdata_") && isOwn(entry.resolve(number), uid)) {
                    return entry.resolve(number);
                }
            }
            return null;
        }
    }

    private static boolean isOwn(Path file, int uid) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Integer.valueOf(uid).equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private static byte[] content(Path file) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), MOST_BYTES));
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // on to the end
            }
            byte[] content = new byte[bytes.position()];
            bytes.flip().get(content);
            return content;
        }
    }

    /// @throws IllegalArgumentException if it is something else
    static Threads.Jvm parse(ByteBuffer file) {
        if (file.limit() < PROLOGUE || file.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC) {
            throw new IllegalArgumentException("not a file of a JVM");
        }
        ByteBuffer bytes = file.order(file.get(4) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (bytes.get(7) == 0) {
            throw new IllegalArgumentException("the JVM is still beginning");
        }
        Long live = null;
        Long peak = null;
        Long started = null;
        int entry = bytes.getInt(24);
        for (int i = 0; i < Math.min(MOST_ENTRIES, bytes.getInt(28)); i++) {
            int length = entryLength(bytes, entry);
            switch (name(bytes, entry, length)) {
                case "java.threads.live" -> live = value(bytes, entry, length);
                case "java.threads.livePeak" -> peak = value(bytes, entry, length);
                case "java.threads.started" -> started = value(bytes, entry, length);
                default -> {}
            }
            entry += length;
        }
        if (live == null || peak == null || started == null) {
            throw new IllegalArgumentException("no counts of threads");
        }
        return new Threads.Jvm(Math.toIntExact(live), Math.toIntExact(peak), started);
    }

    private static int entryLength(ByteBuffer bytes, int entry) {
        require(entry >= PROLOGUE && entry <= bytes.limit() - ENTRY);
        int length = bytes.getInt(entry);
        require(length >= ENTRY && length <= bytes.limit() - entry);
        return length;
    }

    private static String name(ByteBuffer bytes, int entry, int length) {
        int offset = bytes.getInt(entry + 4);
        require(offset >= 0 && offset < length);
        int end = entry + offset;
        while (end < entry + length && bytes.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - entry - offset];
        bytes.get(entry + offset, name);
        return new String(name, US_ASCII);
    }

    private static long value(ByteBuffer bytes, int entry, int length) {
        int offset = bytes.getInt(entry + 16);
        require(bytes.get(entry + 12) == 'J' && bytes.getInt(entry + 8) == 0);
        require(offset >= 0 && offset <= length - Long.BYTES);
        long value = bytes.getLong(entry + offset);
        require(value >= 0 && value <= Integer.MAX_VALUE);
        return value;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(OVERRUN);
        }
    }
}
