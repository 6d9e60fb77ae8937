package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountInfoTest {
    private static final String TABLE = """
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
            22 27 0:21 / /proc rw,relatime - proc proc rw
            90 27 0:44 / /host/proc ro,relatime shared:9 master:2 - proc proc rw,gid=27,hidepid=invisible
            91 27 0:45 / /a\\040b rw - tmpfs tmpfs rw
            92 22 0:46 / /proc/acpi ro - tmpfs tmpfs ro
            93 27 0:45 / /process rw - tmpfs tmpfs rw
            """;

    @ParameterizedTest
    @CsvSource({
        "/proc, proc, false",
        "/host/proc, proc, true",
        "/tmp/fake, ext4, false",
        "/a b/c, tmpfs, false",
        "/process, tmpfs, false",
        "/proc/acpi, tmpfs, false",
    })
    void theInnermostMountHoldsAPath(Path path, String type, boolean hides) {
        MountInfo mount = MountInfo.parse(TABLE.getBytes(UTF_8), path);

        assertEquals(type, mount.type());
        assertEquals(hides, mount.hidesProcesses());
    }

    @Test
    void theLastOfTwoMountsOnOnePlaceHolds() {
        String over = TABLE + "99 22 0:50 / /proc rw - proc proc rw,hidepid=2\n";

        assertTrue(MountInfo.parse(over.getBytes(UTF_8), Path.of("/proc")).hidesProcesses());
    }

    @ParameterizedTest
    @CsvSource({
        "hidepid=0, false",
        "hidepid=off, false",
        "hidepid=1, true",
        "hidepid=2, true",
        "hidepid=4, true",
        "hidepid=noaccess, true",
        "hidepid=ptraceable, true",
        "subset=pid, false"
    })
    void knowsTheOptionInEverySpelling(String option, boolean hides) {
        assertEquals(hides, new MountInfo("proc", "rw," + option).hidesProcesses());
    }

    @Test
    void linesThatAreNoMountsAreLeftOut() {
        MountInfo mount = MountInfo.parse("\n1 2 3\n22 27 0:21 / / rw\n".getBytes(UTF_8), Path.of("/proc"));

        assertFalse(mount.isProc());
    }

    @Test
    void knowsTheRealProcfs() {
        assertTrue(new ProcFs(Path.of("/proc")).isReal());
        assertFalse(new ProcFs(Path.of("/usr")).isReal());
    }
}
