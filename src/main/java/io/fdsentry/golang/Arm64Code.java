package io.fdsentry.golang;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Follows addresses through the registers of arm64 code, as far as the Go compiler makes them: ADRP for the
/// page, then ADD, a load or a store with the rest ([instruction
/// set](https://developer.arm.com/documentation/ddi0602)).
final class Arm64Code {
    private static final int REGISTERS = 32;

    private final ByteBuffer code;
    private final long start;
    private final long[] address = new long[REGISTERS];
    private final long[] number = new long[REGISTERS];
    private final long[] found;
    private int count;

    Arm64Code(ByteBuffer code, long start) {
        this.code = code;
        this.start = start;
        found = new long[code.limit() / 2 + 2];
    }

    /// Every address that is made, loaded from or stored to.
    long[] addresses() {
        for (int i = 0; i + 4 <= code.limit(); i += 4) {
            int instruction = code.getInt(i);
            if (!makes(instruction, start + i)) {
                use(instruction);
            }
        }
        return result();
    }

    /// Those that a number, as MOVZ makes it, is stored to as 32 bits.
    long[] storesOf(int wanted) {
        for (int i = 0; i + 4 <= code.limit(); i += 4) {
            int instruction = code.getInt(i);
            int register = instruction & 31;
            if ((instruction & 0x7f800000) == 0x52800000) {
                number[register] = (long) (instruction >>> 5 & 0xffff) << (instruction >>> 21 & 3) * 16;
            } else if (!makes(instruction, start + i)
                    && (instruction & 0xffc00000) == 0xb9000000
                    && number[register] == wanted) {
                note(instruction >>> 5 & 31, (instruction >>> 10 & 0xfff) * 4L);
            }
        }
        return result();
    }

    private long[] result() {
        return Arrays.stream(found, 0, count).distinct().toArray();
    }

    /// ADRP, and ADD of what it left out.
    private boolean makes(int instruction, long pc) {
        int register = instruction & 31;
        if ((instruction & 0x9f000000) == 0x90000000) {
            long pages = (long) (instruction >> 5 & 0x7ffff) << 2 | instruction >>> 29 & 3;
            address[register] = (pc & -4096) + (pages << 43 >> 43) * 4096;
            return true;
        }
        if ((instruction & 0xffc00000) == 0x91000000 && address[instruction >>> 5 & 31] != 0) {
            int base = instruction >>> 5 & 31;
            note(base, instruction >>> 10 & 0xfff);
            address[register] = address[base] + (instruction >>> 10 & 0xfff);
            return true;
        }
        return false;
    }

    /// LDR and STR of 32 and 64 bits, LDP and STP of 64.
    private void use(int instruction) {
        int base = instruction >>> 5 & 31;
        switch (instruction & 0xffc00000) {
            case 0xf9400000, 0xf9000000 -> note(base, (instruction >>> 10 & 0xfff) * 8L);
            case 0xb9400000, 0xb9000000 -> note(base, (instruction >>> 10 & 0xfff) * 4L);
            case 0xa9400000, 0xa9000000 -> {
                long offset = (instruction << 10 >> 25) * 8L;
                note(base, offset);
                note(base, offset + 8);
            }
            default -> {}
        }
    }

    private void note(int base, long offset) {
        if (address[base] != 0 && count < found.length) {
            found[count++] = address[base] + offset;
        }
    }
}
