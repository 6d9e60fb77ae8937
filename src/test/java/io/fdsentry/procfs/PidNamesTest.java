package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a process is called: `cmdline`, `comm`, `exe`, and the inode of `ns/net`.
class PidNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nginx -g daemon0       | nginx -g daemon
                    nginx000-g000          | nginx   -g
                    ''                     | ''
                    000                    | ''
                    nginx: master process  | nginx: master process
                    """)
    void argumentsHaveSpacesForNuls(String text, String expected) {
        assertEquals(expected, PidCmdline.parse(text.replace('0', '\0').getBytes(UTF_8)));
    }

    @Test
    void argumentsThatAreNoTextAreStillArguments() {
        assertEquals("caf\uFFFD x", PidCmdline.parse("caf\u00e9\0x\0".getBytes(ISO_8859_1)));
    }

    @Test
    void aCommLosesTheNewlineOfTheKernelAndKeepsItsOwn() {
        assertEquals("cat", PidComm.parse("cat\n".getBytes(UTF_8)));
        assertEquals("a\n", PidComm.parse("a\n\n".getBytes(UTF_8)));
        assertEquals("", PidComm.parse("\n".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/sbin/nginx, /usr/sbin/nginx, nginx, false",
        "/usr/sbin/nginx (deleted), /usr/sbin/nginx, nginx, true",
        "/opt/a tool (v2) (deleted), /opt/a tool (v2), a tool (v2), true",
        "/memfd:x (deleted), /memfd:x, memfd:x, true",
        "pause, pause, pause, false",
    })
    void aProgramMayBeDeleted(String link, String path, String name, boolean deleted) {
        PidExe exe = PidExe.parse(link.getBytes(UTF_8));

        assertEquals(new PidExe(path, deleted), exe);
        assertEquals(name, exe.name());
    }

    @Test
    void aNetworkNamespaceIsItsInode() {
        assertEquals(4026531840L, PidNetns.parse("net:[4026531840]".getBytes(UTF_8)));
        assertThrows(IllegalArgumentException.class, () -> PidNetns.parse("mnt:[4026531840]".getBytes(UTF_8)));
        assertThrows(IllegalArgumentException.class, () -> PidNetns.parse("net:[]".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "ruler, ruler",
        "café, café",
        "'a\u001b[31mb', 'a\uFFFD[31mb'",
        "'a\u202Eb', 'a\uFFFDb'",
        "'a\nb', 'a\uFFFDb'",
        "'\ud83d', '\uFFFD'",
        "🎃, 🎃"
    })
    void whatIsShownMovesNoCursor(String text, String shown) {
        assertEquals(shown, ProcText.printable(text));
    }

    @Test
    void aProgramThatLivesInMemoryHasNoFile() {
        assertTrue(PidExe.parse("/memfd:sealed-91173221a7ea (deleted)".getBytes(UTF_8))
                .isInMemory());
        assertFalse(PidExe.parse("/srv/memfd:not".getBytes(UTF_8)).isInMemory());
    }
}
