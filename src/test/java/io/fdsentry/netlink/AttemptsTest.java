package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.model.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a dump does about a reply that went wrong.
class AttemptsTest {
    private static final Duration SILENCE = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 0x10;
    private static final int EBUSY = 16;
    private static final int ENOENT = 2;

    private final Table table = new Table();

    @Test
    void anInterruptedDumpIsMadeAgain() throws Exception {
        assertEquals(
                Outcome.seen(new Dump(2, false)),
                dump(SocketTable.TCP, NEVER, List.of(interrupted()), List.of(sockets(1), sockets(1), done())));
        assertEquals(2, table.begun);
        assertEquals(2, table.rows.size());
    }

    @Test
    void oneThatIsInterruptedEachTimeIsApproximate() throws Exception {
        List<Reply> each = List.of(interrupted());
        assertEquals(Outcome.seen(new Dump(1, true)), dump(SocketTable.TCP, NEVER, each, each, each, each));
        assertEquals(4, table.begun);
    }

    @Test
    void bothHalvesOfAnInterruptedTableAreRead() throws Exception {
        List<Reply> v4 = List.of(interrupted());
        List<Reply> v6 = List.of(sockets(2), done());
        assertEquals(Outcome.seen(new Dump(3, true)), dump(SocketTable.UDP, NEVER, v4, v6, v4, v6, v4, v6, v4, v6));
    }

    @Test
    void aBusyKernelIsAskedAgainAndNotForEver() throws Exception {
        List<Reply> busy = List.of(error(EBUSY));
        assertEquals(Outcome.seen(new Dump(1, false)), dump(SocketTable.TCP, NEVER, busy, List.of(sockets(1), done())));
        assertEquals(
                Outcome.failed("dump of TCP: EBUSY (Device or resource busy), at every attempt"),
                dump(SocketTable.TCP, NEVER, busy, busy, busy, busy));
    }

    @Test
    void aRefusalIsFinal() throws Exception {
        assertEquals(
                Outcome.unsupported("dump of SCTP: ENOENT (No such file or directory)"),
                dump(SocketTable.SCTP, NEVER, List.of(error(ENOENT))));
        assertEquals(1, table.begun);
    }

    @Test
    void aKernelWithoutIpv6HasHalfATable() throws Exception {
        assertEquals(
                Outcome.seen(new Dump(1, false)),
                dump(SocketTable.UDP, NEVER, List.of(sockets(1), done()), List.of(error(ENOENT))));
    }

    @Test
    void aDatagramLongerThanTheBufferIsAskedForAgain() throws Exception {
        List<Reply> reply = List.of(sockets(1), sockets(20), done());
        assertEquals(Outcome.seen(new Dump(21, false)), dump(SocketTable.TCP, NEVER, reply, reply));
        assertEquals(2, table.begun);
    }

    @Test
    void silenceEndsIt() throws Exception {
        assertEquals(
                Outcome.failed("dump of TCP: the kernel sent nothing for 2 s"),
                dump(SocketTable.TCP, SILENCE, List.of(sockets(1))));
    }

    @Test
    void whatIsLeftOfAReplyThatWasGivenUpIsNotTakenForTheNext() throws Exception {
        Reply defective = new Reply().message(Reply.SOCK_DIAG).inet(2, 13, new byte[4], new byte[4]);
        try (ScriptedKernel kernel = new ScriptedKernel(
                NEVER, List.of(List.of(defective, sockets(2), done()), List.of(sockets(1), done())))) {
            assertEquals(
                    Outcome.failed("dump of TCP: the kernel sent a socket in state 13"),
                    kernel.diag().dump(SocketTable.TCP, Detail.TIMES, table));
            assertEquals(Outcome.seen(new Dump(1, false)), kernel.diag().dump(SocketTable.TCP, Detail.TIMES, table));
            assertEquals(1, table.rows.size());
            assertEquals(1, kernel.sequences().getLast() - kernel.sequences().getFirst());
        }
    }

    @SafeVarargs
    private Outcome<Dump> dump(SocketTable of, Duration silence, List<Reply>... replies)
            throws ErrnoException, InterruptedException {
        table.begun = 0;
        try (ScriptedKernel kernel = new ScriptedKernel(silence, List.of(replies))) {
            return kernel.diag().dump(of, Detail.TIMES, table);
        }
    }

    private static Reply sockets(int count) {
        Reply reply = new Reply();
        for (int i = 0; i < count; i++) {
            reply.message(Reply.SOCK_DIAG).inet(2, 1, new byte[4], new byte[4]);
        }
        return reply;
    }

    /// A whole dump of one socket, during which the table changed.
    private static Reply interrupted() {
        return new Reply()
                .message(Reply.SOCK_DIAG, INTERRUPTED, Reply.SEQUENCE, Reply.PORT)
                .inet(2, 1, new byte[4], new byte[4])
                .message(Nlmsg.DONE)
                .error(0);
    }

    private static Reply done() {
        return new Reply().message(Nlmsg.DONE).error(0);
    }

    private static Reply error(int number) {
        return new Reply().message(Nlmsg.ERROR).error(-number);
    }
}
