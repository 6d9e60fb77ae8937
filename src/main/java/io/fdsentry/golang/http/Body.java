package io.fdsentry.golang.http;

/// Takes in an answer line by line.
///
/// @param <T> what is made of it
interface Body<T> {
    /// Another line, without its end; [Lines#LONGEST] bytes of it at most.
    ///
    /// @throws IllegalArgumentException if this is not what was asked for; nothing more is read then
    void line(String line);

    /// All that was read.
    ///
    /// @param whole whether that is everything; false where it was longer than allowed
    /// @throws IllegalArgumentException if it is not what was asked for
    T end(boolean whole);
}
