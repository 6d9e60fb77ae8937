package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs made so that whoever looks at them never comes to an end, or runs out of memory.
class EndlessTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long LARGE = 1L << 40;

    /// Zeros wherever one looks, and how many were read.
    private static final class Zeros implements Bytes {
        long read;

        @Override
        public ByteBuffer read(long address, int length) {
            read += length;
            return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static Elf large() {
        List<Elf.Segment> segments = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            segments.add(new Elf.Segment(i == 0, true, i * LARGE, i * LARGE, LARGE, LARGE));
        }
        return new Elf(Elf.Machine.AMD64, false, segments, List.of(), false);
    }

    @Test
    void aLargeFileIsSearchedForItsBuildToABound() {
        Zeros file = new Zeros();

        Unreadable refused = assertThrows(Unreadable.class, () -> GoBuild.find(file, large()));

        assertEquals(Outcome.unsupported("not a Go program"), refused.outcome());
        assertTrue(file.read < 70 * MEBIBYTE, () -> file.read + " bytes");
    }

    @Test
    void largeMemoryIsSearchedForTablesToABound() throws Unreadable {
        Zeros memory = new Zeros();
        GoBuild build = new GoBuild("go1.26.8", 26);
        Layout layout = Layout.of(build);

        assertThrows(Unreadable.class, () -> ModuleData.find(memory, large(), 0, build, layout));
        assertThrows(Unreadable.class, () -> WaitReasons.find(memory, new ModuleData.Range(0, LARGE)));

        assertTrue(memory.read < 1100 * MEBIBYTE, () -> memory.read + " bytes");
    }

    @Test
    void tablesOfFunctionsAreReadToABound() {
        Zeros memory = new Zeros();
        BlockCache cache = new BlockCache(memory);

        assertThrows(Unreadable.class, () -> {
            for (long address = 0; address < LARGE; address += 4096) {
                cache.unsigned8(address);
            }
        });

        assertEquals(512 * MEBIBYTE, memory.read);
    }

    /// Every address of its code is one where somebody could wait.
    @Test
    @Tag("real")
    void placesAreKeptToABound(@TempDir Path directory) throws Unreadable {
        Path program = GoProgram.build("1.26", "waits", Style.STRIPPED, directory);
        try (GoTarget target = GoTarget.start(program)) {
            GoProcess process = GoProcess.find(GoTarget.PROC, target.id());
            Places places = new Places(process.library());
            FunctionTable functions = process.functions();
            long end = functions.entry(functions.count());
            int highest = 0;
            for (long pc = process.module().text(); pc < end; pc += 8) {
                highest = Math.max(highest, places.place(new long[] {pc}, 1, pc + 3, 1, "select", functions));
            }
            assertEquals("other", places.get(highest).site());
            assertTrue(places.heapBytes() < 10 * MEBIBYTE, () -> places.heapBytes() + " bytes");
        }
    }
}
