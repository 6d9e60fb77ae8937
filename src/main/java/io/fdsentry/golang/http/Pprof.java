package io.fdsentry.golang.http;

import io.fdsentry.model.Outcome;
import java.net.URI;
import java.time.Duration;

/// The goroutine profiles of one process, as `net/http/pprof` serves them. Each call may take as long as its
/// bounds.
public final class Pprof {
    private static final String GOROUTINE = "/goroutine";
    private static final String USUAL = "/debug/pprof";

    private final String root;

    /// @param url of the server, of `/debug/pprof` below it, or of the goroutine profile itself
    public Pprof(URI url) {
        String text = withoutQuery(url);
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        if (text.endsWith(GOROUTINE)) {
            root = text.substring(0, text.length() - GOROUTINE.length());
        } else {
            root = path.isEmpty() || path.equals("/") ? text + USUAL : text;
        }
    }

    private static String withoutQuery(URI url) {
        String text = url.toString();
        int end = text.indexOf('?');
        int fragment = text.indexOf('#');
        int cut = end < 0 ? fragment : fragment < 0 ? end : Math.min(end, fragment);
        return cut < 0 ? text : text.substring(0, cut);
    }

    /// Counts by stack. Stops the target's world for moments only.
    ///
    /// @param most characters of the profile that are wanted as text
    public Outcome<CountProfile> counts(int most) {
        return get("/goroutine?debug=1", Bounds.OFTEN, new CountProfile.Reader(most));
    }

    /// Every stack. Up to Go 1.25 it stops the target's world while it is made: ask it seldom.
    ///
    /// @param blockedAfter what waits less is not blocked
    /// @param most characters of the text
    public Outcome<StackDump> stacks(Duration blockedAfter, int most) {
        return get("/goroutine?debug=2", Bounds.SELDOM, new StackDump.Reader(blockedAfter, most));
    }

    /// The goroutines that nothing can ever wake, as Go's garbage collector proves: from Go 1.27 on, and in 1.26
    /// with GOEXPERIMENT=goroutineleakprofile. It runs a collection.
    ///
    /// @param most characters of the profile that are wanted as text
    /// @return [Outcome.Unsupported] where the target has no such profile
    public Outcome<CountProfile> leaks(int most) {
        return get("/goroutineleak?debug=1", Bounds.SELDOM, new CountProfile.Reader(most));
    }

    private <T> Outcome<T> get(String page, Bounds bounds, Body<T> body) {
        return Fetch.get(URI.create(root + page), bounds, body);
    }

    @Override
    public String toString() {
        return Fetch.shown(URI.create(root));
    }
}
