package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.TcpStates;
import io.fdsentry.testing.TcpStatesProcess;
import io.fdsentry.testing.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NetnsTest {
    private static final Path PROC = Path.of("/proc");
    private static final int OWN_PID = Math.toIntExact(ProcessHandle.current().pid());

    private final Netns netns = new Netns(PROC);

    @Test
    void processesOfOneNamespaceHaveOneIdentity() throws IOException {
        NetnsId own = Seen.of(netns.own());
        assertEquals(own, Seen.of(netns.of(OWN_PID)));
        assertEquals(
                "net:[" + own.label() + "]",
                Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    }

    @Test
    void aNamespaceThatMayNotBeReadIsCalledByItsKey() {
        assertEquals("4026531999", new NetnsId(4026531999L, null).label());
        assertEquals("4026531840", new NetnsId(4026531999L, 4026531840L).label());
    }

    @Test
    void aProcessThatIsNotThereIsGone() {
        assertEquals(Outcome.gone(), netns.of(Integer.MAX_VALUE));
        assertEquals(Outcome.gone(), netns.open(Integer.MAX_VALUE, new NetnsId(1, null)));
    }

    @Test
    @Tag("real")
    void aSocketInsideAnotherNamespaceSeesItsTablesAndNoOthers() {
        try (TestNetns inside = TestNetns.create();
                TcpStatesProcess holder =
                        TcpStatesProcess.start(inside.wrapper(), "v4", "established=3", "close_wait=2", "time_wait=1");
                TcpStates outside = TcpStates.v4()) {
            TcpStates.Subject here = outside.hold(TcpState.ESTABLISHED);
            NetnsId there = Seen.of(netns.of(holder.pid()));
            NetnsId own = Seen.of(netns.own());
            assertNotEquals(own.key(), there.key());
            assertNotEquals(own.label(), there.label());
            try (SockDiag diag = Seen.of(netns.open(holder.pid(), there))) {
                Table table = Table.dump(diag, SocketTable.TCP);
                assertEquals(List.of(), table.of(here.localPort(), here.peerPort()));
                assertEquals(
                        Map.of("ESTABLISHED", 6L, "CLOSE_WAIT", 2L, "FIN_WAIT2", 2L, "TIME_WAIT", 1L, "LISTEN", 1L),
                        states(table));
            }
            assertEquals(own, Seen.of(netns.own()), "the calling thread stayed at home");
        }
    }

    @Test
    @Tag("real")
    void aProcessThatHasMovedIsGone() {
        Needs.root();
        assertEquals(Outcome.gone(), netns.open(OWN_PID, new NetnsId(1, null)));
    }

    @Test
    @Tag("real")
    void everyRowIsOneOfSs() throws IOException, InterruptedException {
        Path ss = Needs.program("ss");
        List<String> sockets = new ArrayList<>(
                Stream.of(TcpState.values()).map(state -> state.label() + "=2").toList());
        sockets.addFirst("mapped");
        try (TestNetns inside = TestNetns.create();
                TcpStatesProcess holder = TcpStatesProcess.start(inside.wrapper(), sockets.toArray(String[]::new));
                SockDiag diag = Seen.of(netns.open(holder.pid(), Seen.of(netns.of(holder.pid()))))) {
            List<String> command = new ArrayList<>(inside.wrapper());
            command.addAll(List.of(ss.toString(), "-taneH"));
            // The kernel may still be closing one when the first of the three looks.
            List<String> ours = Await.value(
                            "the same of all three",
                            () -> List.of(ofNetlink(diag), ofSs(command), ofTextTables(holder.pid())),
                            lists -> Set.copyOf(lists).size() == 1)
                    .getFirst();
            for (TcpState state : TcpState.values()) {
                boolean listed = ours.stream().anyMatch(row -> row.startsWith(state + " "));
                assertEquals(state != TcpState.CLOSED, listed, state.toString());
            }
        }
    }

    private static List<String> ofNetlink(SockDiag diag) {
        return Table.dump(diag, SocketTable.TCP).rows.stream()
                .map(row -> row.state() + " " + row.localPort() + " " + row.peerPort() + " " + row.inode())
                .sorted()
                .toList();
    }

    private static List<String> ofSs(List<String> command) throws IOException, InterruptedException {
        return output(command).stream().map(NetnsTest::ofSs).sorted().toList();
    }

    /// `LAST-ACK 1 3782145 127.0.0.1:37934 127.0.0.1:36217 timer:(...) ino:542964 ...`.
    private static String ofSs(String line) {
        String[] words = line.strip().split("\\s+");
        String inode = Arrays.stream(words)
                .filter(word -> word.startsWith("ino:"))
                .findFirst()
                .orElseThrow();
        return state(words[0]) + " " + port(words[3]) + " " + port(words[4]) + " " + inode.substring(4);
    }

    private static TcpState state(String word) {
        String name = word.replace('-', '_').toUpperCase(Locale.ROOT);
        return switch (name) {
            case "ESTAB" -> TcpState.ESTABLISHED;
            case "FIN_WAIT_1" -> TcpState.FIN_WAIT1;
            case "FIN_WAIT_2" -> TcpState.FIN_WAIT2;
            default -> TcpState.valueOf(name);
        };
    }

    private static String port(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return port.equals("*") ? "0" : port;
    }

    private static List<String> ofTextTables(int pid) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String file : List.of("tcp", "tcp6")) {
            List<String> lines = Files.readAllLines(PROC.resolve(pid + "/net/" + file));
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.strip().split("\\s+");
                rows.add(TcpState.of(Integer.parseInt(words[3], 16)) + " " + hexPort(words[1]) + " " + hexPort(words[2])
                        + " " + words[9]);
            }
        }
        return rows.stream().sorted().toList();
    }

    private static int hexPort(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    @Test
    @Tag("real")
    void withoutSysAdminNoOtherNamespaceMayBeEntered() throws IOException, InterruptedException {
        try (TestNetns inside = TestNetns.create();
                TcpStatesProcess holder = TcpStatesProcess.start(inside.wrapper(), "v4")) {
            NetnsId there = Seen.of(netns.of(holder.pid()));
            List<String> said = probe("-all,+sys_ptrace,+dac_read_search", holder.pid());
            assertEquals(List.of(Outcome.seen(there).toString(), denied(Reason.OTHER_NETNS)), said);
        }
    }

    @Test
    @Tag("real")
    void withoutAnyRightsTheNamespaceIsStillKnownApart() throws IOException, InterruptedException {
        try (TestNetns inside = TestNetns.create()) {
            List<String> other = new ArrayList<>(inside.wrapper());
            other.addAll(List.of(Needs.program("setpriv").toString(), "--reuid", "10001", "--clear-groups", "--"));
            other.addAll(List.of(Needs.program("sleep").toString(), "600"));
            Process sleeper = new ProcessBuilder(other).start();
            try {
                int pid = Math.toIntExact(sleeper.pid());
                NetnsId own = Seen.of(netns.own());
                Await.until(
                        "it sleeps",
                        () -> Files.readString(PROC.resolve(pid + "/comm")).equals("sleep\n"));
                NetnsId there = Seen.of(netns.of(pid));
                assertNotEquals(own.key(), there.key());
                assertNotNull(there.inode());
                List<String> said = probe("-all", pid);
                assertEquals(
                        List.of(Outcome.seen(new NetnsId(there.key(), null)).toString(), denied(Reason.PERMISSION)),
                        said);
            } finally {
                sleeper.destroyForcibly().waitFor();
            }
        }
    }

    private static String denied(Reason reason) {
        return Outcome.denied(reason).toString();
    }

    private static List<String> probe(String capabilities, int pid) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return output(List.of(
                Needs.program("setpriv").toString(),
                "--bounding-set=" + capabilities,
                "--inh-caps=" + capabilities,
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NetnsProbe.class.getName(),
                Integer.toString(pid)));
    }

    private static List<String> output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), command::toString);
        assertTrue(!lines.isEmpty(), command::toString);
        return lines;
    }

    private static Map<String, Long> states(Table table) {
        return table.rows.stream()
                .collect(Collectors.groupingBy(row -> row.state().name(), TreeMap::new, Collectors.counting()));
    }
}
