package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fdsentry.libc.ErrnoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a path is mounted, from `/proc/PID/mountinfo`
/// ([proc_pid_mountinfo(5)](https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html)).
///
/// @param type of file system, such as `proc`
/// @param options of the file system, comma separated
record MountInfo(String type, String options) {
    private static final MountInfo UNKNOWN = new MountInfo("", "");
    private static final String HIDEPID = "hidepid=";

    /// The mount that holds a path, as this process sees it.
    static MountInfo of(Path path) {
        try {
            byte[] text = new Tree(Path.of("/proc/self")).read("mountinfo");
            return parse(text, path.toRealPath());
        } catch (ErrnoException | IOException e) {
            return UNKNOWN;
        }
    }

    /// @param text of `mountinfo`
    /// @param path absolute, without links
    static MountInfo parse(byte[] text, Path path) {
        Path nearest = Path.of("/");
        MountInfo found = UNKNOWN;
        for (String line : new String(text, ISO_8859_1).lines().toList()) {
            Path point = mountPoint(line);
            if (point != null && path.startsWith(point) && point.startsWith(nearest)) {
                nearest = point;
                found = fileSystem(line);
            }
        }
        return found;
    }

    /// The fifth word; null for one that is no text here, which cannot be the path asked for.
    private static @Nullable Path mountPoint(String line) {
        List<String> words = ProcText.words(line);
        try {
            return words.size() > 4 ? Path.of(unescaped(words.get(4))) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static MountInfo fileSystem(String line) {
        List<String> words = ProcText.words(line);
        int dash = words.indexOf("-");
        return dash < 0 || words.size() < dash + 4 ? UNKNOWN : new MountInfo(words.get(dash + 1), words.get(dash + 3));
    }

    /// Blanks, tabs, newlines and backslashes are three octal digits behind a backslash.
    private static String unescaped(String word) {
        return word.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    boolean isProc() {
        return type.equals("proc");
    }

    /// Numbers before Linux 5.8, words since.
    boolean hidesProcesses() {
        return Arrays.stream(options.split(","))
                .filter(option -> option.startsWith(HIDEPID))
                .map(option -> option.substring(HIDEPID.length()))
                .anyMatch(value -> !value.equals("0") && !value.equals("off"));
    }
}
