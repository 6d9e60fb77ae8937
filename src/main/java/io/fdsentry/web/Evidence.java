package io.fdsentry.web;

import java.io.IOException;
import java.io.Writer;

/// The kept evidence, as the API shows it.
public interface Evidence {
    /// Keeps nothing.
    Evidence NONE = new Evidence() {
        @Override
        public void list(Writer out) throws IOException {
            out.write("{\"items\":[]}");
        }

        @Override
        public boolean write(String id, Writer out) {
            return false;
        }
    };

    /// Writes the list of records as a JSON document.
    void list(Writer out) throws IOException;

    /// Writes one record as a JSON document.
    ///
    /// @param id of `[a-z0-9-]+`
    /// @return false, with nothing written, when there is no such record
    boolean write(String id, Writer out) throws IOException;
}
