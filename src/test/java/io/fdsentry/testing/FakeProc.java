package io.fdsentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A machine made of files: a fake `/proc` and a fake root file system, unpacked from a text archive that a
/// person can review ([TextArchive] describes it), and then changed as the test goes on.
///
/// What files cannot express stays to the tests with real processes: a door that is shut (root may read
/// everything), a file that dies between open and read, the size of an fd directory.
public final class FakeProc {
    private final Path top;

    private FakeProc(Path top) {
        this.top = top;
    }

    /// Unpacks `src/test/resources/SCENARIO.tree`.
    public static FakeProc unpack(Path directory, String scenario) {
        FakeProc fake = new FakeProc(directory);
        fake.add(TextArchive.ofResource("/" + scenario + ".tree"));
        return fake;
    }

    /// An empty one.
    public static FakeProc empty(Path directory) {
        FakeProc fake = new FakeProc(directory);
        fake.add("Directory: proc\nDirectory: rootfs\n");
        return fake;
    }

    /// Where procfs is mounted.
    public Path proc() {
        return top.resolve("proc");
    }

    /// Where the root file system of the host is mounted.
    public Path rootfs() {
        return top.resolve("rootfs");
    }

    /// Adds or replaces what an archive holds.
    public FakeProc add(String archive) {
        TextArchive.unpack(archive, top);
        return this;
    }

    /// Takes away a file or a whole directory, such as `proc/1001`.
    public FakeProc remove(String path) {
        try {
            TreeDeletion.delete(top.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Moves a process to another number, or a file to another place.
    public FakeProc rename(String from, String to) {
        try {
            Files.move(top.resolve(from), top.resolve(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
