package io.fdsentry.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Pattern;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.OtherJvm;
import io.fdsentry.testing.Python;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/// What real processes tell real readers with other ids, other capabilities, and procfs mounted in every way.
@Tag("real")
class AccessRealTest {
    private static final String APP = "--reuid 10001 --regid 10001 --clear-groups";
    private static final String HIDE = "import ctypes; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)";

    @TempDir
    Path directory;

    private OtherJvm jvm;

    @BeforeEach
    void copyClasses() throws Exception {
        Needs.root();
        jvm = OtherJvm.in(directory, Targets.class, Look.class, Pattern.class, LoggerFactory.class, SimpleLogger.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # reader                                                                    | target | says         | comm, exe
        --reuid 10001 --regid 10001 --clear-groups                                  | plain  | OWN null     | 1+0, 1+0
        --reuid 10001 --regid 20002 --clear-groups                                  | plain  | COUNTS PERMISSION | 1+0, 0+1
        --reuid 20002 --regid 20002 --clear-groups                                  | plain  | COUNTS PERMISSION | 1+0, 0+1
        --reuid 10001 --regid 10001 --clear-groups                                  | hidden | COUNTS NOT_DUMPABLE | 1+0, 0+1
        --reuid 20002 --regid 20002 --clear-groups                                  | hidden | COUNTS NOT_DUMPABLE | 1+0, 0+1
        --bounding-set -all --inh-caps -all                                         | plain  | COUNTS PERMISSION | 1+0, 0+1
        --bounding-set -all,+sys_ptrace --inh-caps -all                             | plain  | ANY PERMISSION | 1+0, 1+0
        --bounding-set -all,+dac_read_search --inh-caps -all                        | plain  | COUNTS PERMISSION | 1+0, 0+1
        --bounding-set -all,+sys_ptrace,+dac_read_search --inh-caps -all            | plain  | ANY null     | 1+0, 1+0
        --bounding-set -all,+sys_ptrace,+dac_read_search --inh-caps -all            | hidden | ANY null     | 1+0, 1+0
        --bounding-set -all,+sys_ptrace,+dac_read_search,+sys_admin --inh-caps -all | plain  | NODE null    | 1+0, 1+0
        """)
    void eachReaderIsToldWhatItMaySee(String reader, String kind, String says, String selected) throws Exception {
        try (Python target = target(kind)) {
            List<String> lines = look(setpriv(reader), "/proc", target.pid());

            assertEquals(List.of(says, "comm " + selected.replace(", ", ", exe "), "listed"), lines);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # option             | reader                                     | says
        hidepid=0            | --reuid 20002 --regid 20002 --clear-groups | COUNTS PERMISSION; comm 1+0, exe 0+1; listed
        hidepid=1            | --reuid 20002 --regid 20002 --clear-groups | COUNTS HIDEPID; comm 0+1, exe 0+1; listed
        hidepid=2            | --reuid 20002 --regid 20002 --clear-groups | Gone[]; comm 0+1, exe 0+1; concealed
        hidepid=ptraceable   | --reuid 20002 --regid 20002 --clear-groups | Gone[]; comm 0+1, exe 0+1; concealed
        hidepid=2            | --reuid 10001 --regid 10001 --clear-groups | OWN null; comm 1+0, exe 1+0; concealed
        hidepid=2,gid=20002  | --reuid 20002 --regid 20002 --clear-groups | COUNTS PERMISSION; comm 1+0, exe 0+1; listed
        subset=pid           | --reuid 10001 --regid 10001 --clear-groups | OWN null; comm 1+0, exe 1+0; listed
        """)
    void procfsMayHideWhatItHolds(String option, String reader, String says) throws Exception {
        Path mount = Files.createDirectory(directory.resolve("proc"));
        try (Python target = target("plain")) {
            String script = "mount -t proc -o %s proc %s && exec \"$@\"".formatted(option, mount);
            List<String> before =
                    new ArrayList<>(List.of(Needs.program("unshare").toString(), "-m", "sh", "-c"));
            before.addAll(List.of(script, "sh"));
            before.addAll(setpriv(reader));

            assertEquals(says, String.join("; ", look(before, mount.toString(), target.pid())));
        }
    }

    private static Python target(String kind) {
        Python target = Python.start(setpriv(APP).toArray(String[]::new));
        if (kind.equals("hidden")) {
            target.run(HIDE);
        }
        return target;
    }

    private List<String> look(List<String> before, String procfs, int pid) throws Exception {
        return jvm.run(before, Look.class, procfs, Integer.toString(pid));
    }

    private static List<String> setpriv(String options) {
        List<String> command = new ArrayList<>(List.of(Needs.program("setpriv").toString()));
        command.addAll(List.of(options.split(" ")));
        return command;
    }
}
