package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoBuildTest {
    private static GoBuild build(byte[] file) throws Unreadable {
        Bytes bytes = MadeElf.file(file);
        return GoBuild.find(bytes, Elf.parse(bytes));
    }

    private static String refusal(byte[] file) {
        Outcome<GoBuild> outcome =
                assertThrows(Unreadable.class, () -> build(file)).outcome();
        return outcome instanceof Outcome.Unsupported<GoBuild>(String what) ? what : outcome.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "go1.26.8, 26",
        "go1.23.1 X:nocoverageredesign, 23",
        "go1.26.8-X:goroutineleakprofile, 26",
        "go1.25-20250209-RC00 cl/7249 +ff27 X:fieldtrack, 25",
        "devel go1.28-1a2b3c, 28"
    })
    void aProgramTellsItsReleaseWithoutSections(String version, int minor) throws Unreadable {
        assertEquals(new GoBuild(version, minor), build(MadeElf.of(MadeElf.buildInfo(version))));
    }

    @Test
    void theInformationIsFoundAnywhereInTheSegment() throws Unreadable {
        byte[] content = new byte[300_000];
        byte[] info = MadeElf.buildInfo("go1.20.14");
        for (int at : new int[] {0, 16, 65536 - 16, 65536, 131072 - 32, 299_936}) {
            byte[] copy = content.clone();
            System.arraycopy(info, 0, copy, at, info.length);
            assertEquals(20, build(MadeElf.of(copy)).minor(), "at " + at);
        }
    }

    /// What TinyGo, gccgo and packers leave: an ELF program without that information.
    @Test
    void otherProgramsAreRefusedByName() {
        assertEquals("not a Go program", refusal(MadeElf.of(new byte[4096])));
        assertEquals("not an ELF program", refusal(("#!/bin/sh\n" + " ".repeat(100)).getBytes()));
        assertEquals("a truncated program", refusal(new byte[10]));
        byte[] small = MadeElf.of(new byte[64]);
        small[4] = 1;
        assertEquals("a program for a 32-bit or big-endian machine", refusal(small));
        byte[] other = MadeElf.of(new byte[64]);
        other[18] = 40;
        assertEquals("a program for a machine that is neither amd64 nor arm64", refusal(other));
        byte[] old = MadeElf.buildInfo("go1.17.13");
        old[15] = 0;
        assertEquals("a Go program older than Go 1.18, or of 32 bits", refusal(MadeElf.of(old)));
        assertEquals("a Go program of no release: gopher", refusal(MadeElf.of(MadeElf.buildInfo("gopher"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 28, 99})
    void aReleaseWithoutALayoutIsRefused(int minor) {
        Unreadable refused = assertThrows(Unreadable.class, () -> Layout.of(new GoBuild("go1." + minor, minor)));
        assertEquals(
                Outcome.unsupported("Go 1." + minor + ": no layout; those of Go 1.18 to 1.27 are known"),
                refused.outcome());
    }

    @Test
    void truncatedAnywhereIsRefused() throws IOException {
        byte[] program = Files.readAllBytes(Path.of("/proc/self/exe"));
        for (int length = 0; length < program.length; length += 1 + program.length / 500) {
            String refusal = refusal(Arrays.copyOf(program, length));
            assertTrue(refusal.startsWith("a truncated") || refusal.startsWith("not a"), refusal);
        }
    }

    /// Whatever stands in the headers of a program, the answer is a reason.
    @Test
    void hostileHeadersAreRefusedOrRead() throws IOException {
        byte[] real = Files.readAllBytes(Path.of("/proc/self/exe"));
        Random random = new Random(26);
        for (int i = 0; i < 3000; i++) {
            byte[] file = i % 2 == 0 ? real.clone() : MadeElf.of(MadeElf.buildInfo("go1.26.8"));
            int headers = Math.min(file.length, i % 2 == 0 ? 1024 : 160);
            for (int j = 0; j < 1 + random.nextInt(8); j++) {
                file[random.nextInt(headers)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            try {
                assertEquals(26, build(file).minor());
            } catch (Unreadable refused) {
                assertTrue(refused.outcome() instanceof Outcome.Unsupported, refused.getMessage());
            }
        }
    }
}
