package io.fdsentry.golang.http;

import io.fdsentry.model.Outcome;
import java.net.URI;

/// The metrics that a process serves of itself.
public final class OwnMetrics {
    private static final String USUAL = "/metrics";

    private final URI url;

    /// @param url of the server, or of its metrics
    public OwnMetrics(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        this.url = path.isEmpty() || path.equals("/") ? url.resolve(USUAL) : url;
    }

    /// Its goroutines and threads; may take as long as its bounds.
    public Outcome<OwnCounts> read() {
        return Fetch.get(url, Bounds.OFTEN, new OwnCounts.Reader());
    }

    @Override
    public String toString() {
        return Fetch.shown(url);
    }
}
