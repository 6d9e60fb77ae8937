package io.fdsentry.web;

import java.io.IOException;

/// What a path answers.
///
/// @param method `GET` (which answers `HEAD` too) or `POST`
/// @param access who may
/// @param weight what an answer costs
/// @param handler answers
record Route(String method, Access access, Weight weight, Handler handler) {
    /// Answers a request that was let in.
    interface Handler {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /// What an answer costs.
    enum Weight {
        /// A line, or a file of the page.
        LIGHT,
        /// As much as the round is large: few at a time.
        HEAVY
    }

    static Route get(Access access, Weight weight, Handler handler) {
        return new Route("GET", access, weight, handler);
    }

    boolean allows(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /// The header `Allow`.
    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }
}
