package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.util.List;

/// How many threads the whole machine has, from `/proc/loadavg`
/// ([proc_loadavg(5)](https://man7.org/linux/man-pages/man5/proc_loadavg.5.html)), the part behind the slash;
/// readable by everybody.
public final class Loadavg {
    private Loadavg() {}

    public static Outcome<Long> threads(ProcFs procfs) {
        return procfs.readOnce("loadavg", Loadavg::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static long parse(byte[] text) {
        List<String> words = ProcText.words(ProcText.decode(text));
        int slash = words.size() < 4 ? -1 : words.get(3).indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a load average: " + ProcText.quote(ProcText.decode(text)));
        }
        return Long.parseLong(words.get(3).substring(slash + 1));
    }
}
