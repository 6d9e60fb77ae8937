package io.fdsentry.libc;

import org.jspecify.annotations.Nullable;

/// The architectures whose system call numbers and constants we know.
enum Machine {
    X86_64,
    AARCH64;

    /// The one we run on; null where we know none of its numbers.
    static final @Nullable Machine CURRENT = of(System.getProperty("os.name"), System.getProperty("os.arch"));

    /// The machine of `os.name` and `os.arch`; null where it is not one of ours.
    static @Nullable Machine of(String osName, String osArch) {
        if (!osName.equals("Linux")) {
            return null;
        }
        return switch (osArch) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> null;
        };
    }
}
