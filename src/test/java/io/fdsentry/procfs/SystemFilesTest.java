package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files about the machine: `stat`, `uptime` and `sys`.
class SystemFilesTest {
    private static final Instant BOOT = Instant.parse("2023-11-14T22:13:20Z");

    @TempDir(factory = InMemory.class)
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // The clock says since booting, the uptime says, and so the machine booted after that second:
        "86400.90, 86400.55, 0.35",
        "86400.55, 86400.55, 0",
        "86401.54, 86400.55, 0.99",
        "86401.60, 86400.55, 0.99",
        "86400.40, 86400.55, 0",
        // A container's uptime, and a clock that was set between the two reads:
        "86400.90, 12.00, 0",
        "90000.90, 86400.55, 0",
    })
    void theFractionOfBootTimeComesFromUptimeWhereTheyAgree(String clock, String uptime, String after) {
        Instant exact = BootTime.of(BOOT, BOOT.plus(seconds(clock)), seconds(uptime));

        assertEquals(BOOT.plus(seconds(after)), exact);
    }

    @Test
    void withoutUptimeTheSecondMustDo() {
        assertEquals(BOOT, BootTime.of(BOOT, BOOT.plusSeconds(5), null));
    }

    @Test
    void aProcessStartsSoManyHundredthsAfterBoot() {
        FakeProc fake = FakeProc.unpack(directory, "node");

        Instant boot = BootTime.read(new ProcFs(fake.proc()), InstantSource.system());

        assertEquals(Instant.parse("2023-11-14T23:22:03.450Z"), BootTime.plus(boot, 412345));
    }

    @Test
    void theRealStartOfThisProcessIsWhatTheKernelsBootTimeSays() {
        ProcFs procfs = new ProcFs(Path.of("/proc"));
        PidStat stat =
                Seen.of(PidStat.read(procfs, (int) ProcessHandle.current().pid()));

        Instant boot = BootTime.read(procfs, InstantSource.system());

        Instant start = BootTime.plus(boot, stat.startTicks());
        // Not what the JVM says: it keeps the boot time of its own start, which a step of the clock makes wrong.
        Instant booted = Seen.of(SystemStat.read(procfs)).bootTime();
        Instant expected = BootTime.plus(booted, stat.startTicks());
        assertTrue(Duration.between(start, expected).abs().toSeconds() <= 2, start + " is not near " + expected);
    }

    @Test
    void readsTheSettingsOfTheKernel() {
        ProcFs procfs = new ProcFs(FakeProc.unpack(directory, "node").proc());

        assertEquals(Outcome.seen(1048576L), Sysctl.NR_OPEN.read(procfs));
        assertEquals(Outcome.seen(192687L), Sysctl.THREADS_MAX.read(procfs));
        assertEquals(Outcome.seen(32768L), Sysctl.PID_MAX.read(procfs));
        assertEquals(Outcome.seen(1L), Sysctl.YAMA_PTRACE_SCOPE.read(procfs));
        assertEquals(Outcome.seen(new FileNr(51232, 2465610)), FileNr.read(procfs));
    }

    @Test
    void aKernelWithoutASettingDoesNotSupportIt() {
        ProcFs procfs = new ProcFs(FakeProc.empty(directory).proc());

        assertInstanceOf(Outcome.Unsupported.class, Sysctl.YAMA_PTRACE_SCOPE.read(procfs));
        assertInstanceOf(Outcome.Unsupported.class, FileNr.read(procfs));
        assertInstanceOf(Outcome.Gone.class, SystemStat.read(procfs));
    }

    @Test
    void aFileOfAnotherFormIsAFailureThatNamesIt() {
        FakeProc fake = FakeProc.empty(directory).add("Path: proc/sys/fs/nr_open\n|a lot\n");

        Outcome<Long> outcome = Sysctl.NR_OPEN.read(new ProcFs(fake.proc()));

        String message = assertInstanceOf(Outcome.Failed.class, outcome).message();
        assertTrue(message.contains("sys/fs/nr_open: not a number: \"a lot\""), message);
    }

    @Test
    void headroomIsNeverBelowNothing() {
        assertEquals(0, new FileNr(100, 90).headroom());
        assertEquals(10, FileNr.parse("90\t0\t100\n".getBytes(UTF_8)).headroom());
        assertThrows(IllegalArgumentException.class, () -> FileNr.parse("90\t0\n".getBytes(UTF_8)));
    }

    private static Duration seconds(String text) {
        return Uptime.parse((text + " 1.00\n").getBytes(UTF_8));
    }
}
