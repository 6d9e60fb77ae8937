package io.fdsentry.golang.http;

import java.util.Set;

/// Which functions are Go's own: told by the first element of their package's path. Modules of others begin with
/// a host name, or with a name that the standard library does not have.
final class StandardLibrary {
    private static final Set<String> FIRST = Set.of(
            "archive",
            "bufio",
            "bytes",
            "cmp",
            "compress",
            "container",
            "context",
            "crypto",
            "database",
            "debug",
            "embed",
            "encoding",
            "errors",
            "expvar",
            "flag",
            "fmt",
            "go",
            "hash",
            "html",
            "image",
            "index",
            "internal",
            "io",
            "iter",
            "log",
            "maps",
            "math",
            "mime",
            "net",
            "os",
            "path",
            "plugin",
            "reflect",
            "regexp",
            "runtime",
            "slices",
            "sort",
            "strconv",
            "strings",
            "structs",
            "sync",
            "syscall",
            "testing",
            "text",
            "time",
            "unicode",
            "unique",
            "unsafe",
            "vendor",
            "weak");

    private StandardLibrary() {}

    /// @param function with its package, such as `net/http.(*conn).serve`
    static boolean has(String function) {
        int slash = function.indexOf('/');
        int dot = function.indexOf('.');
        int end = slash < 0 || dot >= 0 && dot < slash ? dot : slash;
        return end > 0 && FIRST.contains(function.substring(0, end));
    }
}
