package io.fdsentry.config;

/// How one kind of value is written.
///
/// @param want in messages, after "must be"
/// @param style which scalars may hold it
/// @param reader from the text, variables expanded
/// @param <T> what it becomes
record Form<T>(String want, Style style, Reader<T> reader) {
    /// Which YAML scalars may hold a value.
    enum Style {
        /// Any; `0777`, `yes` and `2024-01-01` are the texts they look like.
        TEXT,
        /// A number or a truth value, so without quotes, unless a variable stands in them.
        PLAIN
    }

    /// @param <T> what a text becomes
    interface Reader<T> {
        T read(String text) throws BadValue;
    }
}
