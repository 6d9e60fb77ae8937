package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.procfs.ProcText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What goroutines wait for, in the words of their own runtime (`waitReasonStrings`): numbers change from release
/// to release, even from patch to patch.
final class WaitReasons {
    private static final String FIRST = "GC assist marking";
    private static final int HEADER = 16;
    private static final int MOST = 64;
    private static final int LONGEST = 64;
    private static final int CHUNK = 1 << 18;
    private static final long MOST_SEARCHED = 512L << 20;

    private final List<String> texts;

    private WaitReasons(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /// Looks for the array: string headers, an empty one, then that of a text of every release.
    static WaitReasons find(Bytes memory, ModuleData.Range data) throws Unreadable {
        long end = Math.min(data.end(), data.start() + MOST_SEARCHED);
        for (long at = data.start() + 7 & -8; at < end; at += CHUNK) {
            ByteBuffer bytes = memory.read(at, (int) Math.min(CHUNK + 2 * HEADER, end - at));
            for (int i = 0; i + 2 * HEADER <= bytes.limit(); i += 8) {
                boolean like = bytes.getLong(i + 8) == 0 && bytes.getLong(i + HEADER + 8) == FIRST.length();
                if (like && bytes.getLong(i) == 0 && isFirst(memory, bytes.getLong(i + HEADER))) {
                    return new WaitReasons(texts(memory, at + i + HEADER));
                }
            }
        }
        throw Unreadable.failed("the runtime's words for what goroutines wait for are not to be found");
    }

    private static boolean isFirst(Bytes memory, long address) {
        try {
            return text(memory, address, FIRST.length()).equals(FIRST);
        } catch (Unreadable _) {
            return false;
        }
    }

    /// Up to the end of the array, which is where no more string is.
    private static List<String> texts(Bytes memory, long array) throws Unreadable {
        List<String> texts = new ArrayList<>();
        texts.add("");
        for (int i = 0; i < MOST; i++) {
            ByteBuffer header = memory.read(array + (long) i * HEADER, HEADER);
            long length = header.getLong(8);
            if (length <= 0 || length > LONGEST) {
                break;
            }
            try {
                texts.add(text(memory, header.getLong(0), (int) length));
            } catch (Unreadable _) {
                break;
            }
        }
        return texts;
    }

    private static String text(Bytes memory, long address, int length) throws Unreadable {
        return ProcText.printable(new String(memory.read(address, length).array(), UTF_8));
    }

    /// Such as `chan receive`; `waiting` where the runtime says no more.
    String text(int reason) {
        return reason > 0 && reason < texts.size() ? texts.get(reason) : "waiting";
    }
}
