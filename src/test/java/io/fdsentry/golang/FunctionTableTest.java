package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.golang.ModuleData.Range;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A table of functions in a made memory, and what becomes of it in the hands of an enemy.
class FunctionTableTest {
    private static final int SIZE = 1 << 16;
    private static final long TEXT = 0x8000;
    private static final int NAMES = 0x1000;
    private static final int UNITS = 0x2000;
    private static final int FILES = 0x2100;
    private static final int COUNTERS = 0x3000;
    private static final int INFOS = 0x4000;
    private static final int PAIRS = 0x5000;
    private static final int INLINING = 0x6000;
    private static final int PCDATA = 44;

    private static final ModuleData MODULE = new ModuleData(
            1,
            TEXT,
            PAIRS,
            2,
            NAMES,
            UNITS,
            FILES,
            COUNTERS,
            INFOS,
            INLINING,
            new Range(0, SIZE),
            new Range(0, SIZE),
            new Range(0, SIZE));

    /// `main.outer` at TEXT, 0x40 bytes, with `main.inner` inlined from 0x10 to 0x20; `main.next` after it.
    private static ByteBuffer memory() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        put(bytes, NAMES + 1, "main.outer");
        put(bytes, NAMES + 20, "main.inner[go.shape.int]");
        put(bytes, NAMES + 60, "main.next");
        put(bytes, FILES + 1, "/src/main.go");
        bytes.putInt(UNITS, 1);
        bytes.putInt(PAIRS, 0).putInt(PAIRS + 4, 8);
        bytes.putInt(PAIRS + 8, 0x40).putInt(PAIRS + 12, 0x108);
        bytes.putInt(PAIRS + 16, 0x80);
        function(bytes, 8, 1);
        function(bytes, 0x108, 60);
        // value −1 → 0 for the whole function; and −1 → 9, then 20 from 0x10 on, then 11 from 0x20 on
        bytes.put(COUNTERS + 1, new byte[] {2, 0x7f, 0});
        bytes.put(COUNTERS + 8, new byte[] {20, 0x10, 22, 0x10, 17, 0x60, 0});
        bytes.put(COUNTERS + 16, new byte[] {0, 0x10, 2, 0x10, 1, 0x60, 0});
        bytes.putInt(INFOS + 8 + PCDATA + 8, 16);
        bytes.putInt(INLINING + 4, 20).putInt(INLINING + 8, 0x0c);
        return bytes;
    }

    private static void function(ByteBuffer bytes, int info, int name) {
        int at = INFOS + info;
        bytes.putInt(at + 4, name).putInt(at + 20, 1).putInt(at + 24, 8).putInt(at + 28, 3);
        bytes.put(at + 43, (byte) 4);
        for (int i = 0; i < 4; i++) {
            bytes.putInt(at + PCDATA + 12 + 4 * i, i == 3 && info == 8 ? 0 : -1);
        }
    }

    private static void put(ByteBuffer bytes, int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static FunctionTable table(ByteBuffer bytes) throws Unreadable {
        return new FunctionTable(
                MODULE, new BlockCache(MadeElf.file(bytes.array())), Layout.of(new GoBuild("go1.26.8", 26)));
    }

    private static String frames(FunctionTable table, long pc) throws Unreadable {
        StringBuilder text = new StringBuilder();
        for (FunctionTable.Frame frame : table.frames(pc)) {
            text.append(Places.shown(frame.function()))
                    .append(' ')
                    .append(frame.line())
                    .append(", ");
        }
        return text.toString();
    }

    @Test
    void anAddressIsAFunctionAndThoseInlinedThere() throws Unreadable {
        FunctionTable table = table(memory());
        assertEquals("main.outer 9, ", frames(table, TEXT));
        assertEquals("main.outer 9, ", frames(table, TEXT + 0x10), "a call just before");
        assertEquals("main.inner[...] 20, main.outer 9, ", frames(table, TEXT + 0x11));
        assertEquals("main.outer 11, ", frames(table, TEXT + 0x30));
        assertEquals("main.next 9, ", frames(table, TEXT + 0x45));
        assertEquals("/src/main.go", table.frames(TEXT).getFirst().file());
    }

    @Test
    void whatIsOutsideIsNoFunction() throws Unreadable {
        FunctionTable table = table(memory());
        assertThrows(Unreadable.class, () -> table.frames(TEXT - 1));
        assertThrows(Unreadable.class, () -> table.frames(TEXT + 0x80));
        assertThrows(Unreadable.class, () -> table.frames(-1));
    }

    @Test
    void hostileTablesEnd() throws Unreadable {
        Random random = new Random(27);
        int read = 0;
        for (int i = 0; i < 1000; i++) {
            ByteBuffer bytes = memory();
            for (int j = 0; j < 1 + random.nextInt(20); j++) {
                int place = new int[] {NAMES, UNITS, COUNTERS, INFOS, PAIRS, INLINING}[random.nextInt(6)];
                bytes.put(place + random.nextInt(128), (byte) (random.nextBoolean() ? -1 : random.nextInt()));
            }
            FunctionTable table = table(bytes);
            try {
                assertTrue(table.frames(TEXT + random.nextInt(0x80)).size() <= 64);
                read++;
            } catch (Unreadable refused) {
                // As good an answer.
            }
        }
        assertTrue(read > 0);
    }
}
