package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.procfs.PidStatus.Ids;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidStatusTest {
    private static final String TEXT = """
            Name:	a\\nUid:	1	1	1	1
            State:	S (sleeping)
            Pid:	4242
            Uid:	10001	10002	10003	10004
            Gid:	20001	4294967294	20003	20004
            NSpid:	4242	17	1
            Threads:	12
            CapPrm:	000001ffffffffff
            CapEff:	0000000000080004
            """;

    @Test
    void readsIdsThreadsNumbersAndCapabilities() {
        PidStatus status = PidStatus.parse(TEXT.getBytes(UTF_8));

        assertEquals(new Ids(10001, 10002, 10003, 10004), status.uid());
        assertEquals(new Ids(20001, -2, 20003, 20004), status.gid());
        assertEquals(12, status.threads());
        assertEquals(List.of(4242, 17, 1), status.nsPids());
        assertTrue(status.has(PidStatus.CAP_SYS_PTRACE));
        assertTrue(status.has(PidStatus.CAP_DAC_READ_SEARCH));
        assertFalse(status.has(PidStatus.CAP_SYS_ADMIN));
        assertEquals(0x1ffffffffffL, status.permitted());
    }

    @Test
    void kernelsWithoutPidNamespacesInTheFileHaveNone() {
        String old = TEXT.replaceAll("NSpid:.*\n", "");

        assertEquals(List.of(), PidStatus.parse(old.getBytes(UTF_8)).nsPids());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Uid", "Gid", "Threads", "CapPrm", "CapEff"})
    void aMissingLineIsNamed(String key) {
        String without = TEXT.replaceAll("(?m)^" + key + ":.*\n", "");

        var problem = assertThrows(IllegalArgumentException.class, () -> PidStatus.parse(without.getBytes(UTF_8)));
        assertEquals("no line " + key, problem.getMessage());
    }

    @Test
    void allIdsMustBeTheReadersOwn() {
        assertTrue(new Ids(5, 5, 5, 9).areAll(5));
        assertFalse(new Ids(5, 5, 6, 5).areAll(5));
    }

    @Test
    void readsThisProcessFromTheRealThing() {
        int pid = (int) ProcessHandle.current().pid();

        PidStatus status = Seen.of(PidStatus.read(new ProcFs(Path.of("/proc")), pid));

        assertEquals(pid, status.nsPids().getFirst());
        assertTrue(status.threads() > 1);
    }
}
