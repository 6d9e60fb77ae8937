package io.fdsentry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Something that is done again and again and sometimes fails: tells the log of each change once.
final class Failures {
    private final String what;
    private final Logger log;
    private @Nullable String last;
    private long count;

    /// @param what is done, such as `round`
    Failures(String what, Logger log) {
        this.what = what;
        this.log = log;
    }

    void failed(Throwable error) {
        count++;
        String now = error.toString();
        if (!now.equals(last)) {
            last = now;
            log.atError().setCause(error).log("{} failed; trying again", what);
        }
    }

    void succeeded() {
        if (last != null) {
            log.atInfo().addKeyValue("failures", count).log("{} succeeded again", what);
            last = null;
            count = 0;
        }
    }
}
