package io.fdsentry.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.testing.FarEnd;
import io.fdsentry.testing.WatchedLife;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each cause by a process that really leaks so: the verdict, the cause, whose fault it is, and the figures.
@Tag("real")
class CausesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOURS = Duration.ofHours(12);
    private static final Duration DAYS = Duration.ofDays(3);

    private static WatchedLife watching(Program program) {
        return WatchedLife.of(Map.of("it", program.pid()));
    }

    private static void assertTold(Finding finding, Cause cause, String sentence) {
        assertEquals(cause, finding.cause(), finding.toString());
        assertEquals(Role.HOLDER, finding.role(), finding.toString());
        assertTrue(finding.sentence().matches(sentence), finding.sentence());
    }

    @Test
    void responsesThatAreNotClosed() {
        try (FarEnd controller = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(65535);
                WatchedLife life = watching(program)) {
            life.play(Duration.ofMinutes(10), _ -> program.works(store));
            life.playUntilConfirmed("it", HOURS, round -> {
                program.works(store);
                controller.close(controller.held());
                program.connects(controller, 1 + round % 2);
            });
            Finding finding = life.finding("it");
            String peer = "127.0.0.1:" + controller.port();
            assertTold(
                    finding,
                    Cause.RESPONSE_BODY_NOT_CLOSED,
                    "\\d+ of \\d+ sockets are CLOSE_WAIT towards " + peer + ", the oldest for .* min.*"
                            + "\\+\\d+ an hour; limit [0-9,]+ in .*: responses are not being closed\\..*");
            assertEquals(peer, finding.peer());
        }
    }

    @Test
    void aPoolForEachRequest() {
        try (FarEnd status = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(65535);
                WatchedLife life = watching(program)) {
            life.play(Duration.ofMinutes(10), _ -> program.works(store));
            life.playUntilConfirmed("it", HOURS, _ -> {
                program.works(store).connects(status, 2);
                status.answer(2);
            });
            Finding finding = life.finding("it");
            assertTold(
                    finding,
                    Cause.CONNECTION_POOL_PER_REQUEST,
                    "\\d+ connections to 127.0.0.1:" + status.port()
                            + " are established, \\d+ of them not used since.*");
            assertEquals("127.0.0.1:" + status.port(), finding.peer());
        }
    }

    /// Both ends rise; the one that never closes is told, and who is at the other end.
    @Test
    void whoHoldsIsToldWhereBothEndsAreSeen() {
        try (Program client = Program.withLimit(65535);
                Program server = Program.withLimit(65535);
                WatchedLife life = WatchedLife.of(Map.of("client", client.pid(), "server", server.pid()))) {
            String connect = "hold += [connect(%d, '127.0.0.1', 1) for _ in range(4)]".formatted(server.listens());
            life.playUntilConfirmed("client", HOURS, _ -> {
                client.does(connect);
                server.accepts(4).does("use(hold[-4:])");
            });
            Finding finding = life.finding("client");
            assertTold(finding, Cause.CONNECTION_POOL_PER_REQUEST, "\\d+ connections to 127.0.0.1:\\d+ are estab.*");
            assertEquals("server", finding.peerProcess(), life::toString);
            assertTrue(life.findings("server").stream().allMatch(held -> held.role() == Role.HELD), life::toString);
        }
    }

    @Test
    void backendsThatWereRetired() {
        try (FarEnd backends = FarEnd.listening();
                Program program = Program.withLimit(65535);
                WatchedLife life = watching(program)) {
            life.playUntilConfirmed("it", HOURS, round -> {
                if (round % 20 == 0) {
                    backends.close(backends.held());
                    program.connects(backends, "hold", "127.0.1." + (1 + round / 20), 36, 1);
                } else {
                    program.does("use(hold[-36:])");
                }
            });
            assertTold(
                    life.finding("it"),
                    Cause.RETIRED_BACKEND_CONNECTIONS,
                    "\\d+ sockets are CLOSE_WAIT towards \\d+ peers, 36 for each, the oldest for .*");
        }
    }

    @Test
    void handlersThatAreDeadlocked() {
        try (FarEnd proxy = FarEnd.listening();
                Program program = Program.withLimit(65535);
                WatchedLife life = watching(program)) {
            int port = program.deadlocks().listens();
            life.play(Duration.ofMinutes(5), _ -> {});
            life.playUntilConfirmed("it", HOURS, _ -> {
                proxy.ask(5, port).close(5);
                program.hangs(5);
            });
            Finding finding = life.findings("it").getFirst();
            assertTold(
                    finding,
                    Cause.DEADLOCKED_HANDLERS,
                    "\\d+ inbound connections are CLOSE_WAIT from 127.0.0.1, the oldest for \\d+ min, .*handlers are deadlocked\\..*");
            assertEquals("127.0.0.1", finding.peer());
        }
    }

    @Test
    void peersThatAreHalfOpen() {
        try (FarEnd fleet = FarEnd.listening();
                Program program = Program.withLimit(65535);
                WatchedLife life = watching(program)) {
            life.playUntilConfirmed("it", HOURS, round -> {
                if (round % 2 == 0) {
                    program.connects(fleet, "hold", "127.0.2." + (1 + round % 250), 1, 0);
                }
            });
            assertTold(
                    life.finding("it"),
                    Cause.HALF_OPEN_PEERS,
                    "\\d+ connections with \\d+ hosts on port " + fleet.port()
                            + " are established without a timer, the oldest for .*; no byte moved on any of them.*");
        }
    }

    @Test
    void threadsThatDoNotEnd() {
        try (Program program = Program.withLimit(512);
                WatchedLife life = watching(program)) {
            // root is not bound by its limit
            program.does("never = threading.Event(); resource.setrlimit(resource.RLIMIT_NPROC, (1000, 1000))")
                    .does("os.geteuid() or os.setresuid(47011, 47011, 47011)");
            life.every(MINUTE).playUntilConfirmed("it", DAYS, _ -> {
                program.does("for _ in range(2): threading.Thread(target=never.wait, daemon=True).start()");
            });
            Finding finding = life.finding("it");
            assertEquals(Resource.THREADS, finding.resource());
            assertTold(finding, Cause.THREAD_LEAK, "\\d+ threads, \\d+ more than when the rise began, and no desc.*");
        }
    }

    @Test
    void aClientForEachRequest() {
        try (Program program = Program.withLimit(512);
                WatchedLife life = watching(program)) {
            program.does("never = threading.Event()");
            life.every(MINUTE).playUntilConfirmed("it", DAYS, _ -> {
                program.does("hold += [select.epoll(), os.eventfd(0)]")
                        .does("threading.Thread(target=never.wait, daemon=True).start()");
            });
            life.findings("it")
                    .forEach(finding -> assertTold(
                            finding,
                            Cause.HTTP_CLIENT_PER_REQUEST,
                            "\\d+ threads, \\d+ epoll descriptors and \\d+ eventfds more than when the rise began.*"));
        }
    }

    @Test
    void pipesOfChildrenThatEnded() {
        try (Program program = Program.withLimit(512);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).playUntilConfirmed("it", DAYS, _ -> {
                program.does("""
                        child = subprocess.Popen(['/bin/true'], stdout=subprocess.PIPE)
                        child.wait()
                        hold.append(child.stdout)
                        """);
            });
            assertTold(
                    life.finding("it"),
                    Cause.CHILD_PIPES_NOT_CLOSED,
                    "\\d+ of \\d+ descriptors more than when the rise began are pipe ends.*");
        }
    }

    @Test
    void filesThatAreNotClosed() {
        try (Program program = Program.withLimit(512);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).playUntilConfirmed("it", DAYS, _ -> {
                program.does("hold.append(open('/etc/hostname'))");
            });
            assertTold(
                    life.finding("it"),
                    Cause.UNCLOSED_FILES,
                    "\\d+ of \\d+ descriptors more than when the rise began are files and directories.*");
        }
    }

    @Test
    void whatNobodyCanExplain() {
        try (Program program = Program.withLimit(512);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).playUntilConfirmed("it", DAYS, _ -> {
                program.does("hold.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))");
            });
            assertTold(life.finding("it"), Cause.UNKNOWN, ".*\\+\\d+ socket.*the cause is not known\\..*");
        }
    }
}
