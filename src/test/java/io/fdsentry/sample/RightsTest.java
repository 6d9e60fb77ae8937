package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Pattern;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.OtherJvm;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.TestNetns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.yaml.snakeyaml.Yaml;

/// What a sampler sees of a process with which rights, in its own network namespace and in another: nothing is
/// zero that could not be read, and no socket is idle that cannot be seen moving.
@Tag("real")
class RightsTest {
    private static final String APP = "--reuid 10001 --regid 10001 --clear-groups";
    /// One listening, two ends of a connection; a datagram socket bound; a pair of unix sockets.
    private static final String OPEN = "hold.append(socket.socket()); hold[0].bind(('127.0.0.1', 0)); hold[0].listen();"
            + " hold.append(socket.create_connection(hold[0].getsockname())); hold.append(hold[0].accept()[0]);"
            + " hold.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)); hold[-1].bind(('127.0.0.1', 0));"
            + " hold += list(socket.socketpair())";

    private static final String ALL = "{TCP=3, UDP=1, UNIX=2} {ESTABLISHED=2, LISTEN=1}";

    @TempDir
    Path directory;

    private OtherJvm jvm;

    @BeforeEach
    void copyClasses() throws Exception {
        Needs.root();
        jvm = OtherJvm.in(directory, Sampler.class, Glance.class, Pattern.class, Logger.class, Yaml.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # reader                                                                    | netns | tier   | kinds      | sockets    | idle
        --reuid 10001 --regid 10001 --clear-groups                                  | same  | OWN    | ok         | ok         | ok
        --reuid 20002 --regid 20002 --clear-groups                                  | same  | COUNTS | PERMISSION | PERMISSION | PERMISSION
        --bounding-set -all,+sys_ptrace --inh-caps -all                             | same  | ANY    | PERMISSION | ok         | ok
        --bounding-set -all,+sys_ptrace,+dac_read_search --inh-caps -all            | same  | ANY    | ok         | ok         | ok
        --reuid 10001 --regid 10001 --clear-groups                                  | other | OWN    | ok         | ok         | OTHER_NETNS
        --reuid 20002 --regid 20002 --clear-groups                                  | other | COUNTS | PERMISSION | PERMISSION | PERMISSION
        --bounding-set -all,+sys_ptrace --inh-caps -all                             | other | ANY    | PERMISSION | ok         | OTHER_NETNS
        --bounding-set -all,+sys_ptrace,+dac_read_search --inh-caps -all            | other | ANY    | ok         | ok         | OTHER_NETNS
        --bounding-set -all,+sys_ptrace,+dac_read_search,+sys_admin --inh-caps -all | other | NODE   | ok         | ok         | ok
        """)
    void eachReaderSeesWhatItMay(String reader, String netns, String tier, String kinds, String sockets, String idle)
            throws Exception {
        try (TestNetns there = TestNetns.create();
                Python target = Python.start(command(netns, there))) {
            target.run(OPEN);
            List<String> lines =
                    new ArrayList<>(jvm.run(setpriv(reader), Glance.class, Integer.toString(target.pid())));
            // Whether it is a Go program is unknown to a reader who may not open its executable.
            assertEquals(tier.equals("COUNTS"), lines.remove("GOROUTINES PERMISSION"), lines::toString);
            assertEquals(
                    List.of(
                            tier,
                            "FDS ok",
                            "FD_KINDS " + kinds,
                            "LIMITS ok",
                            "SOCKETS " + sockets,
                            "IDLE " + idle,
                            "THREADS ok",
                            sockets.equals("ok") ? ALL : "none"),
                    lines.subList(0, 8));
            if (netns.equals("other")) {
                assertEquals("[{ESTABLISHED=2, LISTEN=1}]", lines.get(8), "the table needs no rights");
            }
        }
    }

    private static String[] command(String netns, TestNetns there) {
        List<String> command = new ArrayList<>(netns.equals("other") ? there.wrapper() : List.of());
        command.addAll(setpriv(APP));
        return command.toArray(String[]::new);
    }

    private static List<String> setpriv(String options) {
        List<String> command = new ArrayList<>(List.of(Needs.program("setpriv").toString()));
        command.addAll(List.of(options.split(" ")));
        return command;
    }
}
