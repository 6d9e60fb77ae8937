package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FdInfoTest {
    private final FdInfo info = new FdInfo();

    @Test
    void namesMountAndInode() {
        assertTrue(parse("pos:\t0\nflags:\t02000002\nmnt_id:\t10\nino:\t52881\nscm_fds: 0\n"));
        assertEquals(10, info.mount());
        assertEquals(52881, info.inode());
    }

    @Test
    void beforeLinux514ThereIsNoInode() {
        assertFalse(parse("pos:\t0\nflags:\t02000002\nmnt_id:\t10\n"));
    }

    @Test
    void otherKeysThatEndAlikeAreNotTakenForIt() {
        assertTrue(parse("pos:\t0\nflags:\t00\nmnt_id:\t13\nino:\t11\ninotify wd:1 ino:99 sdev:8\nxino:\t7\n"));
        assertEquals(11, info.inode());
    }

    @Test
    void cutTextIsNoInode() {
        assertFalse(parse("pos:\t0\nflags:\t00\nmnt_id:\t13\nino:\t"));
        assertFalse(parse(""));
    }

    private boolean parse(String text) {
        return info.parse(text.getBytes(US_ASCII), text.length());
    }
}
