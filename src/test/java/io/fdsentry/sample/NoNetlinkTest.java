package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Pattern;
import io.fdsentry.testing.OtherJvm;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seccomp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.yaml.snakeyaml.Yaml;

/// Where a container's seccomp profile or a sandbox's kernel refuses netlink sockets, the text tables step in:
/// the states are right, and what only netlink tells is not known rather than zero.
@Tag("real")
class NoNetlinkTest {
    /// A listener, both ends of a connection; one end of another that waits to be closed, the other half closed; a dead
    /// one; a datagram socket.
    private static final String OPEN = "hold.append(socket.socket()); hold[0].bind(('127.0.0.1', 0)); hold[0].listen();"
            + " pair = lambda: (socket.create_connection(hold[0].getsockname()), hold[0].accept()[0]);"
            + " hold.append(pair()); hold.append(pair()); hold[2][0].shutdown(socket.SHUT_WR);"
            + " hold.append(socket.socket(socket.AF_INET6)); hold[-1].bind(('::1', 0)); hold[-1].listen();"
            + " hold.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)); hold[-1].bind(('127.0.0.1', 0))";

    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EPROTONOSUPPORT = 93;
    private static final int EAFNOSUPPORT = 97;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {EPERM, EACCES, EPROTONOSUPPORT, EAFNOSUPPORT})
    void theTextTablesStepIn(int errno) throws Exception {
        OtherJvm jvm = OtherJvm.in(directory, Sampler.class, Glance.class, Pattern.class, Logger.class, Yaml.class);
        try (Python target = Python.start()) {
            target.run(OPEN);
            List<String> lines = jvm.run(Seccomp.withoutNetlink(errno), Glance.class, Integer.toString(target.pid()));
            assertEquals(
                    List.of(
                            "FDS ok",
                            "FD_KINDS ok",
                            "LIMITS ok",
                            "SOCKETS ok",
                            "IDLE UNSUPPORTED",
                            "THREADS ok",
                            "{TCP=6, UDP=1} {ESTABLISHED=2, FIN_WAIT2=1, CLOSE_WAIT=1, LISTEN=2}"),
                    lines.subList(1, 8));
        }
    }
}
