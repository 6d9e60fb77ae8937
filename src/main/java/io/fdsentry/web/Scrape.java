package io.fdsentry.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `/metrics` answers one scraper.
///
/// @param contentType of the format it takes
/// @param body writes it
public record Scrape(String contentType, Body body) {
    /// Writes an answer.
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Where answers come from.
    public interface Source {
        /// @param accept the header `Accept`, null where there is none
        /// @param names of the series that are wanted (`name[]`); empty: all
        Scrape scrape(@Nullable String accept, Set<String> names);
    }
}
