package io.fdsentry.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class MachineTest {
    @Test
    void knowsTwoArchitecturesOfLinux() {
        assertEquals(Machine.X86_64, Machine.of("Linux", "amd64"));
        assertEquals(Machine.AARCH64, Machine.of("Linux", "aarch64"));
        assertNull(Machine.of("Linux", "riscv64"));
        assertNull(Machine.of("Mac OS X", "aarch64"));
    }
}
