package io.fdsentry.libc;

import org.jspecify.annotations.Nullable;

/// The architectures whose system call numbers and constants we know.
enum Machine {
    X86_64,
    AARCH64;

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
