package io.fdsentry.config;

/// One thing wrong with a file, written as `file:line:column: key: reason`, always on one line.
///
/// @param file as the user named it
/// @param line from 1
/// @param column from 1, in characters
/// @param key path such as `targets[0].match.comm`; `syntax` where the YAML cannot be read, `file` where it is
/// about the whole file
/// @param reason what is wrong and, where it can be told, what to write instead
public record Problem(String file, int line, int column, String key, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + key + ": " + reason;
    }
}
