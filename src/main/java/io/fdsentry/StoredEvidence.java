package io.fdsentry;

import io.fdsentry.evidence.EvidenceStore;
import io.fdsentry.web.Evidence;
import java.io.IOException;
import java.io.Writer;

/// The records of the daemon, as its API shows them.
///
/// @param store where they are
record StoredEvidence(EvidenceStore store) implements Evidence {
    @Override
    public void list(Writer out) throws IOException {
        store.list(out);
    }

    @Override
    public boolean write(String id, Writer out) throws IOException {
        return store.write(id, out);
    }
}
