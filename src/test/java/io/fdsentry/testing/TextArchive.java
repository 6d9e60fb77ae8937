package io.fdsentry.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/// A tree of files as one text. Lines that begin with `#` and empty lines mean nothing; the others are
///
///     Directory: PATH            an empty directory; those of files and links are made as needed
///     Path: PATH                 a file, followed by
///     |LINE                      its lines, or by
///     SymlinkTo: TARGET          its target, if it is a symbolic link
///
/// In lines `\0` is NUL, `\n` a newline, `\\` a backslash and `\xHH` any byte. A lone backslash at the end
/// of a line swallows its newline, as the arguments of a process have none.
final class TextArchive {
    private final Path root;
    private Path file = Path.of("");
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Set<Path> made = new HashSet<>();
    private boolean open;

    private TextArchive(Path root) {
        this.root = root;
    }

    static String ofResource(String name) {
        try (InputStream in = Objects.requireNonNull(TextArchive.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the tree, over what is there already.
    static void unpack(String archive, Path root) {
        TextArchive unpacking = new TextArchive(root);
        try {
            for (String line : archive.split("\n", -1)) {
                unpacking.line(line);
            }
            unpacking.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) throws IOException {
        if (line.startsWith("|")) {
            content.writeBytes(bytes(line.substring(1)));
        } else if (line.startsWith("Path: ")) {
            finish();
            file = root.resolve(after(line));
            open = true;
        } else if (line.startsWith("SymlinkTo: ")) {
            open = false;
            makeParent();
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of(after(line)));
        } else if (line.startsWith("Directory: ")) {
            Files.createDirectories(root.resolve(after(line)));
        } else if (!line.isBlank() && !line.startsWith("#")) {
            throw new IllegalArgumentException("neither path nor content: " + line);
        }
    }

    private void finish() throws IOException {
        if (open) {
            makeParent();
            Files.write(file, content.toByteArray());
        }
        content.reset();
        open = false;
    }

    private void makeParent() throws IOException {
        Path parent = file.getParent();
        if (made.add(parent)) {
            Files.createDirectories(parent);
        }
    }

    private static String after(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }

    static byte[] bytes(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < line.length()) {
            int backslash = line.indexOf('\\', at);
            bytes.writeBytes(line.substring(at, backslash < 0 ? line.length() : backslash)
                    .getBytes(UTF_8));
            if (backslash < 0) {
                break;
            }
            if (backslash == line.length() - 1) {
                return bytes.toByteArray();
            }
            at = escape(line, backslash + 1, bytes);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /// @return behind the escape
    private static int escape(String line, int at, ByteArrayOutputStream bytes) {
        switch (line.charAt(at)) {
            case '0' -> bytes.write(0);
            case 'n' -> bytes.write('\n');
            case '\\' -> bytes.write('\\');
            case 'x' -> bytes.write(Integer.parseInt(line.substring(at + 1, at + 3), 16));
            default -> throw new IllegalArgumentException("unknown escape in " + line);
        }
        return line.charAt(at) == 'x' ? at + 3 : at + 1;
    }
}
