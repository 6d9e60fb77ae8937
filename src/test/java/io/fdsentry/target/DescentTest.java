package io.fdsentry.target;

import static io.fdsentry.target.Configs.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.config.Config;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescentTest {
    private static final Config WITH_CHILDREN = Configs.of(target("sh", "comm: sh", "children"));

    @TempDir(factory = InMemory.class)
    Path directory;

    private FakeProc fake;
    private Targets targets;

    /// init - sh(20) - make(30) - cc(40), and top(50) of init.
    @BeforeEach
    void unpack() {
        fake = FakeProc.empty(directory);
        process(1, "init", 0, 1);
        process(20, "sh", 1, 200);
        process(30, "make", 20, 300);
        process(40, "cc", 30, 400);
        process(50, "top", 1, 500);
        targets = new Targets(new ProcFs(fake.proc()), new ContainerNames(fake.rootfs()), InstantSource.system());
    }

    @Test
    void childrenAndTheirChildrenBelongToo() {
        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));
    }

    @Test
    void withoutTheKeyTheyDoNot() {
        assertEquals("20 sh", resolve(Configs.of(target("sh", "comm: sh"))));
    }

    @Test
    void theOrderOfNumbersDoesNotMatter() {
        fake.rename("proc/40", "proc/15").remove("proc/15/stat");
        process(15, "cc", 30, 400);

        assertEquals("15 sh, 20 sh, 30 sh", resolve(WITH_CHILDREN));
    }

    @Test
    void anOrphanKeepsBelonging() {
        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));

        fake.remove("proc/20").remove("proc/30");
        process(40, "cc", 1, 400);

        assertEquals("40 sh", resolve(WITH_CHILDREN));
        assertEquals("40 sh", resolve(WITH_CHILDREN));
    }

    @Test
    void anotherProcessUnderTheNumberOfAnOrphanDoesNot() {
        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));

        fake.remove("proc/20").remove("proc/30");
        process(40, "cc", 1, 401);

        assertEquals("", resolve(WITH_CHILDREN));
    }

    @Test
    void aChildThatRunsAnotherProgramStaysAChild() {
        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));

        process(30, "java", 20, 300);

        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));
    }

    @Test
    void excludedChildrenAreLeftOutAndTheirsAreNot() {
        assertEquals("20 sh, 40 sh", resolve(Configs.of(target("sh", "comm: sh", "children", "exclude comm: make"))));
    }

    @Test
    void anEarlierTargetTakesAChildAndALaterOneDoesNot() {
        assertEquals(
                "20 sh, 30 make, 40 sh",
                resolve(Configs.of(target("make", "comm: make"), target("sh", "comm: sh", "children"))));
        assertEquals(
                "20 sh, 30 sh, 40 sh",
                resolve(Configs.of(target("sh", "comm: sh", "children"), target("make", "comm: make"))));
    }

    @Test
    void aDescendantIsNotUndecidedAboutItsOwnTarget() {
        fake.add("Path: proc/30/exe\n|not a link\n");
        Config config = Configs.of(target("sh", "exe: /bin/sh", "children"));

        assertEquals("20 sh, 30 sh, 40 sh", resolve(config));
        assertEquals(
                0,
                Seen.of(targets.resolve(config, ListenPorts.UNKNOWN))
                        .targets()
                        .getFirst()
                        .undecided());
    }

    @Test
    void aReloadKeepsOrphansWhereTheirTargetStaysTheSame() {
        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));
        fake.remove("proc/20").remove("proc/30");
        process(40, "cc", 1, 400);

        assertEquals(
                "40 sh, 50 top", resolve(Configs.of(target("top", "comm: top"), target("sh", "comm: sh", "children"))));
        assertEquals("", resolve(Configs.of(target("sh", "comm: [bs]h", "children"))));
    }

    @Test
    void aCircleOfParentsSeenInAChangingTableEnds() {
        process(20, "sh", 40, 200);

        assertEquals("20 sh, 30 sh, 40 sh", resolve(WITH_CHILDREN));
    }

    private void process(int pid, String comm, int ppid, long start) {
        fake.add(TargetsTest.stat(pid, comm, ppid, start));
        if (!java.nio.file.Files.exists(fake.proc().resolve(pid + "/exe"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            fake.add("Path: proc/%d/exe\nSymlinkTo: /bin/%s\nPath: proc/%d/cgroup\n|0::/\n".formatted(pid, comm, pid));
        }
    }

    private String resolve(Config config) {
        return String.join(
                ", ",
                Seen.of(targets.resolve(config, ListenPorts.UNKNOWN)).processes().stream()
                        .map(process ->
                                process.id().pid() + " " + process.target().name())
                        .toList());
    }
}
