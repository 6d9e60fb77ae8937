package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes beside this one: what may be seen of them with which rights, and what is said when they end.
@Tag("real")
class FdAccessTest {
    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));
    private static final String SELF = Long.toString(ProcessHandle.current().pid());
    private static final int MANY = 15_000;

    @TempDir
    Path directory;

    private final FdDirectory fds = new FdDirectory(PROC);
    private final List<Process> started = new ArrayList<>();
    private FdChild child;

    @BeforeEach
    void copyClasses() throws Exception {
        child = FdChild.in(directory);
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherUserSeesTheCountAndIsDeniedTheRest() throws Exception {
        List<String> seen = child.ask(user(), "look", SELF);
        assertTrue(seen.getFirst().startsWith("Seen"), seen.toString());
        assertEquals(Outcome.denied(Reason.PERMISSION).toString(), seen.getLast());
    }

    @Test
    void sysPtraceAloneTellsSocketsFromTheRest() throws Exception {
        List<String> ptrace = new ArrayList<>(user());
        ptrace.addAll(List.of("--inh-caps", "-all,+sys_ptrace", "--ambient-caps", "-all,+sys_ptrace"));
        Process holder = start(
                List.of(),
                "hold",
                Files.createDirectory(directory.resolve("zoo")).toString());

        FdListing all = list(holder);
        assertTrue(all.count(FdKind.SOCKET) > 4);
        String expected = FdChild.describe(all).replace(" known ", " unknown ");
        assertEquals(
                Outcome.seen(expected).toString(),
                child.ask(ptrace, "look", pid(holder)).getLast());
    }

    @Test
    void theSameUserSeesAllOfADumpableProcess() throws Exception {
        Path zoo = Files.createDirectory(directory.resolve("zoo"));
        Process chown = new ProcessBuilder("chown", "10001:10001", zoo.toString()).start();
        assertEquals(0, chown.waitFor());
        Process holder = start(user(), "hold", zoo.toString());
        assertEquals(
                Outcome.seen(FdChild.describe(list(holder))).toString(),
                child.ask(user(), "look", pid(holder)).getLast());
    }

    @Test
    void aProcessThatForbidsItIsNotDumpable() throws Exception {
        Process hidden = start(user(), "hide");
        List<String> seen = child.ask(user(), "look", pid(hidden));
        assertTrue(seen.getFirst().startsWith("Seen"), seen.toString());
        assertEquals(Outcome.denied(Reason.NOT_DUMPABLE).toString(), seen.getLast());
    }

    @Test
    void countAndListingOfAnotherProcessAgree() throws Exception {
        Process holder = start(List.of(), "fill", Integer.toString(MANY));
        FdListing listing = list(holder);
        assertEquals(Seen.of(fds.count((int) holder.pid())), listing.size());
        assertTrue(listing.count(FdKind.DEVICE) >= MANY);
    }

    /// However the kill and the listing meet: all of them, or none and gone.
    @Test
    void aProcessThatIsKilledWhileItIsListedIsWholeOrGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            Process holder = start(List.of(), "fill", Integer.toString(MANY));
            int pid = (int) holder.pid();
            int whole = list(holder).size();
            Thread killer = Thread.ofPlatform().start(holder::destroyForcibly);
            Outcome<FdListing> outcome;
            do {
                outcome = fds.list(pid, new FdListing());
                if (outcome instanceof Outcome.Seen<FdListing>(FdListing listing)) {
                    assertEquals(whole, listing.size());
                }
            } while (outcome.isSeen());
            assertInstanceOf(Outcome.Gone.class, outcome);
            killer.join();
        }
    }

    @Test
    void aZombieHasNoDescriptorsAnyMore() throws Exception {
        Process parent = shell("sleep 0 & echo $!; exec sleep 1000");
        int zombie;
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            zombie = Integer.parseInt(lines.readLine());
            Await.until("a zombie", () -> Seen.of(PidStat.read(PROC, zombie)).isZombie());
            list(parent);
            assertInstanceOf(Outcome.Gone.class, fds.count(zombie));
            assertInstanceOf(Outcome.Gone.class, fds.list(zombie, new FdListing()));
            assertInstanceOf(Outcome.Gone.class, new NetTables(PROC).read(NetTable.TCP, zombie, _ -> {}));
        }
    }

    @Test
    void aProcessMayReallyHaveNone() throws Exception {
        Process none = shell("exec sleep 1000 0<&- 1>&- 2>&-");
        int pid = (int) none.pid();
        Await.until(
                "all to be closed",
                () -> Seen.of(fds.list(pid, new FdListing())).size() == 0);
        list(start(List.of(), "fill", "1"));
        assertEquals(0, Seen.of(fds.count(pid)));
    }

    private static List<String> user() {
        Needs.root();
        return List.of(Needs.program("setpriv").toString(), "--reuid", "10001", "--regid", "10001", "--clear-groups");
    }

    private Process start(List<String> prefix, String... arguments) throws Exception {
        Process process = child.start(prefix, arguments);
        started.add(process);
        assertEquals("ready", process.inputReader(StandardCharsets.UTF_8).readLine());
        return process;
    }

    private Process shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        started.add(process);
        return process;
    }

    private FdListing list(Process process) {
        return Seen.of(fds.list((int) process.pid(), new FdListing()));
    }

    private static String pid(Process process) {
        return Long.toString(process.pid());
    }
}
