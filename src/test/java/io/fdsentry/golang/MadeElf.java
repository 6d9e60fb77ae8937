package io.fdsentry.golang;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Programs made by hand: an ELF header, one writable segment, its content.
final class MadeElf {
    static final int CONTENT = 128;

    private MadeElf() {}

    /// A whole program with this content and no sections.
    static byte[] of(byte[] content) {
        ByteBuffer file = ByteBuffer.allocate(CONTENT + content.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        file.putShort(16, (short) 2).putShort(18, (short) 62).putLong(32, 64);
        file.putShort(54, (short) 56).putShort(56, (short) 1).putShort(58, (short) 64);
        file.putInt(64, 1).putInt(68, 7).putLong(72, CONTENT).putLong(80, 0x400000);
        file.putLong(96, content.length).putLong(104, content.length);
        return file.put(CONTENT, content).array();
    }

    /// Build information as the Go linker writes it.
    static byte[] buildInfo(String version) {
        byte[] text = version.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(33 + text.length);
        info.put("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 8)
                .put((byte) 2);
        return info.put(32, (byte) text.length).put(33, text).array();
    }

    /// A file that ends where its bytes do.
    static Bytes file(byte[] bytes) {
        return (address, length) -> {
            if (address < 0 || length < 0 || address + length > bytes.length) {
                throw Unreadable.unsupported("a truncated program");
            }
            byte[] copy = Arrays.copyOfRange(bytes, (int) address, (int) address + length);
            return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        };
    }
}
