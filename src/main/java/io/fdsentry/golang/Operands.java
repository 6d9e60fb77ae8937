package io.fdsentry.golang;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The addresses of variables that a function of the runtime uses, read from its code: how the variables are
/// found where there are no symbols. Both decoders know no more instructions than the Go compiler uses for this,
/// at any place; what they find by mistake is sorted out by whoever looks at what stands there.
final class Operands {
    private final long[] addresses;

    private Operands(long[] addresses) {
        this.addresses = addresses;
    }

    /// All that the code uses.
    static Operands of(Elf.Machine machine, ByteBuffer code, long start) {
        return switch (machine) {
            case AMD64 -> new Operands(amd64(code, start));
            case ARM64 -> new Operands(new Arm64Code(code, start).addresses());
        };
    }

    /// Those that the code stores a 32-bit number in.
    static Operands storedTo(Elf.Machine machine, ByteBuffer code, long start, int number) {
        return switch (machine) {
            case AMD64 -> new Operands(stores(code, start, number));
            case ARM64 -> new Operands(new Arm64Code(code, start).storesOf(number));
        };
    }

    long[] addresses() {
        return addresses;
    }

    boolean has(long address) {
        return Arrays.stream(addresses).anyMatch(known -> known == address);
    }

    /// Instructions with an address relative to their end (ModRM 00 reg 101): CMP, MOV, XCHG, LEA, without an
    /// immediate.
    private static long[] amd64(ByteBuffer code, long start) {
        long[] found = new long[code.limit()];
        int count = 0;
        for (int i = 0; i + 6 <= code.limit(); i++) {
            int opcode = Byte.toUnsignedInt(code.get(i));
            boolean known = opcode == 0x8b
                    || opcode == 0x89
                    || opcode == 0x8d
                    || opcode == 0x39
                    || opcode == 0x3b
                    || opcode == 0x87;
            if (known && (code.get(i + 1) & 0xc7) == 5) {
                found[count++] = start + i + 6 + code.getInt(i + 2);
            }
        }
        return Arrays.stream(found, 0, count).distinct().toArray();
    }

    /// `MOVL $number, address`: C7 05, the address from its end, the number.
    private static long[] stores(ByteBuffer code, long start, int number) {
        long[] found = new long[code.limit()];
        int count = 0;
        for (int i = 0; i + 10 <= code.limit(); i++) {
            if (code.getShort(i) == 0x05c7 && code.getInt(i + 6) == number) {
                found[count++] = start + i + 10 + code.getInt(i + 2);
            }
        }
        return Arrays.copyOf(found, count);
    }
}
