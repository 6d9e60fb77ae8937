package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidStatTest {
    private static final String REST = " 1001 1 1 0 -1 4194304 98 0 0 0 7 3 0 0 20 0 11 0 128978 3133440 410"
            + " 18446744073709551615 94163499171840 94163499191721 140736596813600 0 0 0 0 0 0 0 0 0 17 1 0\n";

    @Test
    void readsTheFieldsTheManualNumbers() {
        PidStat stat = parse("14399 (cat) R" + REST);

        assertEquals(
                new PidStat(14399, "cat", 'R', 1001, 4194304, 11, 128978, 94163499171840L, 140736596813600L), stat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a) S 1 (b", ")", "(((", "a\nb", "", "))))))", "Z) Z 0"})
    void takesAnyNameAProcessGivesItself(String comm) {
        PidStat stat = parse("7 (" + comm + ") S" + REST);

        assertEquals(comm, stat.comm());
        assertEquals('S', stat.state());
        assertEquals(128978, stat.startTicks());
    }

    @Test
    void decodesNamesThatAreNoText() {
        PidStat stat = PidStat.parse(("7 (caf\u00e9) S" + REST).getBytes(ISO_8859_1));

        assertEquals("caf\uFFFD", stat.comm());
        assertEquals(1001, stat.ppid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "7", "7 (cat", "7 (cat) ", "7 (cat) S 1 2 3", "x (cat) S 1", "(cat) S 1 1", "7 cat S"})
    void refusesWhatIsNoStat(String text) {
        assertThrows(IllegalArgumentException.class, () -> parse(text));
    }

    @Test
    void aMissingFieldIsNotTakenForZero() {
        String cut = ("7 (cat) S" + REST).substring(0, 90);

        assertThrows(IllegalArgumentException.class, () -> parse(cut));
    }

    @Test
    void tellsKernelThreadsZombiesAndForksApart() {
        assertTrue(parse("2 (kthreadd) S" + REST.replace("4194304", "2129984")).isKernelThread());
        assertTrue(parse("2 (cgi) Z" + REST).isZombie());
        assertTrue(parse("2 (nginx) S" + REST.replace("4194304", "4194624")).isForkOnly());
        assertFalse(parse("2 (cat) S" + REST).isKernelThread());
        assertFalse(parse("2 (cat) S" + REST).isForkOnly());
        assertFalse(parse("2 (cat) S" + REST).isZombie());
        assertFalse(parse("2 (cat) S" + REST).isEnding());
        assertTrue(parse("2 (cgi) Z" + REST).isEnding());
        assertTrue(parse("2 (cgi) R" + REST.replace("4194304", "4194308")).isEnding());
    }

    @Test
    void noticesAnExecByAnythingItChanges() {
        PidStat before = parse("2 (sh) S" + REST);

        assertFalse(parse("2 (sh) R" + REST.replace(" 11 0 ", " 12 0 ")).maybeOtherProgram(before));
        assertTrue(parse("2 (java) S" + REST).maybeOtherProgram(before));
        assertTrue(parse("2 (sh) S" + REST.replace("94163499171840", "94163499171841"))
                .maybeOtherProgram(before));
        assertTrue(parse("2 (sh) S" + REST.replace("140736596813600", "0")).maybeOtherProgram(before));
        assertTrue(parse("2 (sh) S" + REST.replace("4194304", "4194368")).maybeOtherProgram(before));
    }

    @Test
    void readsThisProcessFromTheRealThing() {
        int pid = (int) ProcessHandle.current().pid();

        PidStat stat = Seen.of(PidStat.read(new ProcFs(Path.of("/proc")), pid));

        assertEquals(pid, stat.pid());
        assertTrue(stat.threads() > 1);
    }

    private static PidStat parse(String text) {
        return PidStat.parse(text.getBytes(UTF_8));
    }
}
