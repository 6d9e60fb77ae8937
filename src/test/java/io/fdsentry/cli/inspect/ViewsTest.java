package io.fdsentry.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a person reads, whole and exactly.
class ViewsTest {
    @Test
    void aLeakingProcessSaysWhatItLeaksToWhom() {
        assertEquals("""
                ruler  rule-evaluator  pid 4711, started 21 d ago
                  ! 4,180 CLOSE_WAIT to 10.2.3.4:8006, oldest 3 d 4 h: the peer has closed them, this process has not
                  ! 12 dead sockets held: no protocol table lists them any more, this process has not closed them
                  ! 3 idle connections: ESTABLISHED, and no byte either way for long; all ESTABLISHED by peer: 50 to
                    10.9.9.9:8481
                  ! 4,180 goroutines wait at main.beat main.go:31 (IO wait), the longest for at least 2 d 18 h
                  fds         4,265 of 65,535 (7 %)
                  limits      soft 65,535, hard 1,048,576
                  kinds       socket 4,247, regular 16, eventpoll 2; 1 of deleted files
                  sockets     tcp 4,243, unix 4
                  tcp         CLOSE_WAIT 4,180, ESTABLISHED 50, CLOSED 12, LISTEN 1
                  stale       close_wait 4,179, closed 12, idle 3
                  keepalive   50 ESTABLISHED never had it on
                  queues      12 KiB arrived and not read
                  peers       PEER           DIRECTION  STATE        COUNT   OLDEST
                              10.2.3.4:8006  out        CLOSE_WAIT   4,180  3 d 4 h
                              10.9.9.9:8481  out        ESTABLISHED     50
                  threads     12: sleeping 11, running 1
                  goroutines  4,300, read from the memory of this process
                              4,180 wait at main.beat main.go:31 (IO wait), the longest at least 2 d 18 h
                """, detail(look(Samples.leaking()), Ink.PLAIN));
    }

    @Test
    void whatCannotBeSeenIsSaidWithTheRemedy() {
        String text = detail(look(Samples.hidden(12, "postgres", 20)), Ink.PLAIN);
        assertTrue(text.startsWith("postgres  pid 12, started 3 m ago\n  fds         20 of 1,024 (2 %)\n"), text);
        assertTrue(text.contains("  limits      soft 1,024, hard unlimited\n"), text);
        assertTrue(text.endsWith("""
                          not seen    what each fd is; socket states, joined to fds; when a byte last moved on each socket
                                      (permission)
                                      remedy: run fdsentry with the target's uid and gid, or as uid 0 with SYS_PTRACE and
                                      DAC_READ_SEARCH
                        """), text);
        assertFalse(text.contains("sockets  "), text);
    }

    @Test
    void theWorstProcessIsOnTop() {
        assertEquals(
                """
                PROCESS                  PID    FDS   LIMIT  USED  ESTAB  CLOSE_WAIT  CLOSED  STALE  THREADS  SEEN
                full                      13  1,000   1,024  98 %      ?           ?       ?      ?        2  counts
                ruler (rule-evaluator)  4711  4,265  65,535   7 %     50       4,180      12  4,194       12  all
                postgres                  12     20   1,024   2 %      ?           ?       ?      ?        2  counts
                1 more that look better; --all shows them
                  ! full, pid 13: fds near their limit: 1,000 of 1,024 (98 %)
                """,
                firstLines(
                        overview(look(
                                Samples.hidden(14, "idle", 1),
                                Samples.hidden(12, "postgres", 20),
                                Samples.leaking(),
                                Samples.hidden(13, "full", 1000))),
                        6));
    }

    @Test
    void theDaemonsVerdictComesFirst() {
        ProcessSample process = Samples.hidden(12, "postgres", 20);
        Finding finding = new Finding(
                "f-1",
                process.id(),
                "postgres",
                Resource.FDS,
                LeakState.CONFIRMED,
                Cause.UNCLOSED_FILES,
                Role.HOLDER,
                "files grow by 2 a minute",
                "",
                "",
                "",
                Instant.EPOCH,
                null,
                null);
        Look look = Samples.look(List.of(finding), process);
        assertTrue(detail(look, Ink.PLAIN).contains("\n  ! confirmed: files grow by 2 a minute\n"));
        assertTrue(detail(look, Ink.COLOUR).contains("\u001b[1;31m! confirmed: files grow by 2 a minute\u001b[0m"));
    }

    @Test
    void namesCannotMoveTheTerminal() {
        ProcessSample hostile = Samples.hidden(5, "a\u001b[2J\nb", 1);
        assertFalse(detail(look(hostile), Ink.PLAIN).contains("\u001b"));
        assertTrue(overview(look(hostile, hostile)).contains("a\\u001b[2J\\u000ab "));
    }

    @Test
    void aNarrowTerminalShowsTheColumnsThatMatter() {
        ProcessSample process = Samples.hidden(5, "x".repeat(100), 1);
        assertEquals("PROCESS  PID  FDS  USED  ESTAB  CLOSE_WAIT  CLOSED  STALE  SEEN", heading(process, 75));
        assertEquals("PROCESS  PID  FDS  USED  ESTAB  CLOSE_WAIT  CLOSED  STALE", heading(process, 65));
        assertEquals(
                "PROCESS  PID  FDS  LIMIT  USED  ESTAB  CLOSE_WAIT  CLOSED  STALE  THREADS  SEEN",
                heading(process, 100));
    }

    private static String heading(ProcessSample process, int width) {
        Page page = new Page(Ink.PLAIN, width);
        Overview.draw(look(process), page, 10);
        page.lines().subList(0, 2).forEach(line -> assertTrue(line.length() <= width, line));
        return page.lines().getFirst().replaceAll(" +", "  ");
    }

    private static Look look(ProcessSample... processes) {
        return Samples.look(List.of(), processes);
    }

    private static String detail(Look look, Ink ink) {
        Page page = new Page(ink, 110);
        DetailView.draw(look.processes().getFirst(), look, page);
        return text(page);
    }

    private static String overview(Look look) {
        Page page = new Page(Ink.PLAIN, 110);
        Overview.draw(look, page, 3);
        return text(page);
    }

    private static String text(Page page) {
        return String.join("\n", page.lines()) + "\n";
    }

    private static String firstLines(String text, int count) {
        return String.join("\n", text.lines().limit(count).toList()) + "\n";
    }
}
