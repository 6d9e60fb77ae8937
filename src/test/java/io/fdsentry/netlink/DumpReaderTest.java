package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.fdsentry.netlink.DumpReader.Step;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DumpReaderTest {
    private static final int INTERRUPTED = 0x10;
    private static final byte[] NONE = new byte[4];

    @Test
    void aDumpIsItsSocketsAndAnEnd() {
        Rows rows = new Rows(SocketTable.TCP);
        assertEquals(Step.MORE, rows.read(socket().message(Reply.SOCK_DIAG).inet(10, 10, NONE, NONE)));
        assertEquals(Step.MORE, rows.read(socket()));
        assertEquals(Step.DONE, rows.read(new Reply().message(Nlmsg.DONE).error(0)));
        assertEquals(new Pass.Complete(3), rows.reader.pass(Step.DONE));
    }

    @Test
    void anEndMayFollowInTheSameDatagramAndHaveNoNumber() {
        Rows rows = new Rows(SocketTable.TCP);
        assertEquals(Step.DONE, rows.read(socket().message(Nlmsg.DONE)));
        assertEquals(1, rows.seen.size());
    }

    @Test
    void whatBelongsToAnotherRequestIsSkipped() {
        Rows rows = new Rows(SocketTable.TCP);
        Reply earlier = new Reply()
                .message(Reply.SOCK_DIAG, 0, Reply.SEQUENCE - 1, Reply.PORT)
                .inet(2, 1, NONE, NONE)
                .message(Nlmsg.DONE, 0, Reply.SEQUENCE - 1, Reply.PORT);
        Reply someoneElses = new Reply()
                .message(Reply.SOCK_DIAG, INTERRUPTED, Reply.SEQUENCE, 1)
                .inet(2, 1, NONE, NONE)
                .message(Nlmsg.ERROR, 0, Reply.SEQUENCE, 1)
                .error(-1);
        assertEquals(Step.MORE, rows.read(earlier));
        assertEquals(Step.MORE, rows.read(someoneElses));
        assertEquals(Step.DONE, rows.read(new Reply().message(Nlmsg.DONE)));
        assertEquals(new Pass.Complete(0), rows.reader.pass(Step.DONE));
    }

    @Test
    void aKernelThatSaysTheTableChangedIsHeard() {
        Rows rows = new Rows(SocketTable.TCP);
        Reply reply = new Reply()
                .message(Reply.SOCK_DIAG, INTERRUPTED, Reply.SEQUENCE, Reply.PORT)
                .inet(2, 1, NONE, NONE)
                .message(Nlmsg.DONE);
        assertEquals(Step.DONE, rows.read(reply));
        assertEquals(new Pass.Interrupted(1), rows.reader.pass(Step.DONE));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("an error message", Nlmsg.ERROR, -2, new Pass.Refused(2)),
                Arguments.of("an end with an error", Nlmsg.DONE, -12, new Pass.Refused(12)),
                Arguments.of(
                        "another dump still runs",
                        Nlmsg.ERROR,
                        -16,
                        new Pass.Disturbed("EBUSY (Device or resource busy)")),
                Arguments.of(
                        "no memory for a message",
                        Nlmsg.DONE,
                        -105,
                        new Pass.Disturbed("ENOBUFS (No buffer space available)")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsKeptWithItsNumber(String what, int type, int number, Pass expected) {
        Rows rows = new Rows(SocketTable.TCP);
        Step step = rows.read(new Reply().message(type).error(number));
        assertEquals(Step.REFUSED, step, what);
        assertEquals(expected, rows.reader.pass(step));
    }

    @Test
    void anAcknowledgementAndMessagesOfNoConcernAreSkipped() {
        Rows rows = new Rows(SocketTable.TCP);
        Reply reply =
                new Reply().message(Nlmsg.ERROR).error(0).message(1).message(4).raw(NONE);
        assertEquals(Step.MORE, rows.read(reply));
        assertEquals(0, rows.seen.size());
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("a header cut short", new Reply().raw(new byte[15]), "a message of 0 bytes where 15 are left"),
                defect("a length of zero", socket().claim(0), "a message of 0 bytes where 88 are left"),
                defect("a length below the header's", socket().claim(15), "a message of 15 bytes where 88 are left"),
                defect("a negative length", socket().claim(-1), "a message of -1 bytes where 88 are left"),
                defect("a length beyond the datagram", socket().claim(89), "a message of 89 bytes where 88 are left"),
                defect(
                        "the rest of a message",
                        socket().raw(new byte[4]).claim(88),
                        "a message of 0 bytes where 4 are left"),
                defect("a socket cut short", socket().claim(87), "a socket of 71 bytes, 72 expected"),
                defect(
                        "a socket without a body",
                        new Reply().message(Reply.SOCK_DIAG),
                        "a socket of 0 bytes, 72 expected"),
                defect(
                        "an attribute of no length",
                        socket().attribute(2, NONE, 0),
                        "an attribute of 0 bytes where 8 are left"),
                defect(
                        "an attribute shorter than its header",
                        socket().attribute(2, NONE, 3),
                        "an attribute of 3 bytes where 8 are left"),
                defect(
                        "an attribute that overruns its message",
                        socket().attribute(2, NONE, 9),
                        "an attribute of 9 bytes where 8 are left"),
                defect(
                        "an attribute that overruns into the next message",
                        socket().attribute(2, NONE, 60).message(Nlmsg.DONE),
                        "an attribute of 60 bytes where 8 are left"),
                defect("an error without a number", new Reply().message(Nlmsg.ERROR), "an error without a number"),
                defect(
                        "a family of another table",
                        new Reply().message(Reply.SOCK_DIAG).inet(1, 1, NONE, NONE),
                        "a socket of address family 1"),
                defect("no state", new Reply().message(Reply.SOCK_DIAG).inet(2, 0, NONE, NONE), "a socket in state 0"),
                defect(
                        "a state of a newer kernel",
                        new Reply().message(Reply.SOCK_DIAG).inet(2, 13, NONE, NONE),
                        "a socket in state 13"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aDefectEndsTheReplyAndIsNamed(String what, Reply reply, String words) {
        Rows rows = new Rows(SocketTable.TCP);
        assertEquals(Step.DEFECTIVE, rows.read(reply), what);
        assertEquals(new Pass.Defective(words), rows.reader.pass(Step.DEFECTIVE));
    }

    @Test
    void theRestOfAnAttributeTooShortForAHeaderIsPadding() {
        Rows rows = new Rows(SocketTable.TCP);
        assertEquals(Step.MORE, rows.read(socket().attribute(1, NONE).raw(new byte[3])));
        assertEquals(1, rows.seen.size());
    }

    @ParameterizedTest
    @EnumSource(SocketTable.class)
    void noBytesMakeItThrow(SocketTable table) {
        Random random = new Random(20_261_121);
        byte[] whole = socket().attribute(2, new byte[280])
                .attribute(19, new byte[12])
                .message(Reply.SOCK_DIAG)
                .inet(10, 8, NONE, NONE)
                .attribute(8, new byte[1])
                .message(Nlmsg.DONE)
                .error(0)
                .datagram();
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int changes = random.nextInt(8); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Rows rows = new Rows(table);
            Step step = rows.read(bytes);
            assertNotNull(step);
            if (step != Step.MORE) {
                assertInstanceOf(Pass.class, rows.reader.pass(step));
            }
        }
    }

    private static Arguments defect(String what, Reply reply, String words) {
        return Arguments.of(what, reply, words);
    }

    private static Reply socket() {
        return new Reply().message(Reply.SOCK_DIAG).inet(2, 1, NONE, NONE);
    }
}
