package io.fdsentry.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Tier;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.PidStatus.Ids;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.Access.Netns;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final Outcome<Boolean> SEEN = Outcome.seen(true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # uid | capabilities                   | namespace | tier   | reason
        10001 | none                           | SAME      | OWN    |
        10001 | none                           | CLOSED    | OWN    | OTHER_NETNS
        0     | none                           | SAME      | OWN    |
        0     | ptrace                         | SAME      | OWN    |
        0     | ptrace read_search             | SAME      | ANY    |
        0     | ptrace override                | SAME      | ANY    |
        0     | ptrace read_search             | CLOSED    | ANY    | OTHER_NETNS
        0     | ptrace read_search admin       | SAME      | NODE   |
        0     | ptrace read_search admin       | ENTERED   | NODE   |
        0     | ptrace read_search admin       | CLOSED    | ANY    | OTHER_NETNS
        0     | admin                          | SAME      | OWN    |
        """)
    void whatCouldBeReadMakesTheTier(int uid, String capabilities, Netns netns, Tier tier, @Nullable Reason reason) {
        Access access = Seen.of(Access.of(powers(uid, uid, capabilities), null, SEEN, netns));

        assertEquals(new Access(tier, reason), access);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # kernel's word, own uid, own gid, own capabilities, target uid, gid, capabilities
        PERMISSION    | 10001 | 10001 | none        | 10001 | 10001 | none   | NOT_DUMPABLE
        PERMISSION    | 10001 | 20002 | none        | 10001 | 10001 | none   | PERMISSION
        PERMISSION    | 20002 | 20002 | none        | 10001 | 10001 | none   | PERMISSION
        PERMISSION    | 0     | 0     | none        | 0     | 0     | ptrace | PERMISSION
        PERMISSION    | 0     | 0     | ptrace      | 0     | 0     | ptrace | NOT_DUMPABLE
        PERMISSION    | 0     | 0     | read_search | 10001 | 10001 | none   | PERMISSION
        HIDEPID       | 10001 | 10001 | none        | 10001 | 10001 | none   | HIDEPID
        NOT_DUMPABLE  | 20002 | 20002 | none        | 10001 | 10001 | none   | NOT_DUMPABLE
        """)
    void aRefusalIsExplainedByIdsAndCapabilities(
            Reason word, int uid, int gid, String mine, int targetUid, int targetGid, String theirs, Reason reason) {
        Access access = Seen.of(Access.of(
                powers(uid, gid, mine), status(targetUid, targetGid, theirs), Outcome.denied(word), Netns.SAME));

        assertEquals(new Access(Tier.COUNTS, reason), access);
    }

    @Test
    void sysPtraceAloneSeesEveryProcessButNotAllOfIt() {
        Access access = Seen.of(Access.of(powers(20002, 20002, "ptrace"), null, Outcome.seen(false), Netns.SAME));

        assertEquals(new Access(Tier.ANY, Reason.PERMISSION), access);
    }

    @Test
    void withoutIdsTheKernelsWordMustDo() {
        Outcome<Access> access = Access.of(powers(5, 5, "none"), null, Outcome.denied(Reason.PERMISSION), Netns.CLOSED);

        assertEquals(Outcome.seen(new Access(Tier.COUNTS, Reason.PERMISSION)), access);
    }

    @Test
    void whatFailsLeavesCountsAndWhatIsGoneLeavesNothing() {
        Powers own = powers(0, 0, "ptrace read_search admin");

        assertEquals(
                Outcome.seen(new Access(Tier.COUNTS, Reason.FAILED)),
                Access.of(own, null, Outcome.failed("odd"), Netns.SAME));
        assertEquals(
                Outcome.seen(new Access(Tier.COUNTS, Reason.UNSUPPORTED)),
                Access.of(own, null, Outcome.unsupported("odd"), Netns.SAME));
        assertInstanceOf(Outcome.Gone.class, Access.of(own, null, Outcome.gone(), Netns.SAME));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # tier | capabilities | ptrace_scope | reason
        COUNTS | none         | 0            | PERMISSION
        OWN    | none         |              |
        OWN    | none         | 0            |
        OWN    | none         | 1            | YAMA
        OWN    | none         | 2            | YAMA
        ANY    | ptrace       | 1            |
        ANY    | ptrace       | 2            |
        ANY    | ptrace       | 3            | YAMA
        """)
    void yamaShutsMemoryAndNothingElse(Tier tier, String capabilities, @Nullable Long scope, @Nullable Reason reason) {
        Access access = new Access(tier, tier == Tier.COUNTS ? Reason.PERMISSION : null);

        assertEquals(reason, access.memory(powers(1, 1, capabilities), scope));
    }

    @Test
    void readsItsOwnPowers() {
        ProcFs procfs = new ProcFs(Path.of("/proc"));

        Powers own = Seen.of(Powers.read(procfs));

        PidStatus self = Seen.of(PidStatus.read(procfs, Seen.of(procfs.self())));
        assertEquals(self.uid().fs(), own.uid());
        assertEquals(self.effective(), own.effective());
        assertNull(new Access(Tier.OWN, null).reason());
    }

    private static Powers powers(int uid, int gid, String capabilities) {
        return new Powers(uid, gid, bits(capabilities));
    }

    private static PidStatus status(int uid, int gid, String capabilities) {
        long bits = bits(capabilities);
        return new PidStatus(new Ids(uid, uid, uid, uid), new Ids(gid, gid, gid, gid), 1, List.of(), bits, bits);
    }

    private static long bits(String capabilities) {
        long bits = 0;
        for (String word : capabilities.split(" ", -1)) {
            bits |= switch (word) {
                case "ptrace" -> 1L << PidStatus.CAP_SYS_PTRACE;
                case "read_search" -> 1L << PidStatus.CAP_DAC_READ_SEARCH;
                case "override" -> 1L << PidStatus.CAP_DAC_OVERRIDE;
                case "admin" -> 1L << PidStatus.CAP_SYS_ADMIN;
                default -> 0;
            };
        }
        return bits;
    }
}
