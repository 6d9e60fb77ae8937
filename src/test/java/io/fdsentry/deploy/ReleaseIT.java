package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive for plain hosts, and the systemd unit in it.
@Tag("real")
class ReleaseIT {
    private static final Path RELEASE = Path.of("target/release");
    private static final Path UNIT = Path.of("deploy/systemd/fdsentry.service");
    /// In tenths; what systemd calls OK.
    private static final int MOST_EXPOSURE = 35;

    @TempDir
    Path folder;

    @Test
    void theArchiveIsTheSameWheneverItIsMadeAndRuns() throws Exception {
        Manifest.run("scripts/release.sh");
        String first = Files.readString(RELEASE.resolve("SHA256SUMS"));
        Manifest.run("scripts/release.sh");
        assertEquals(first, Files.readString(RELEASE.resolve("SHA256SUMS")));
        Manifest.run("sh", "-c", "cd " + RELEASE + " && sha256sum --strict -c SHA256SUMS");
        String list = only(first, ".cdx.json");
        PartsList parts = PartsList.read(RELEASE.resolve(list));

        String name = only(first, ".tar.gz");
        Path archive = RELEASE.resolve(name).toAbsolutePath();
        Manifest.run("tar", "-C", folder.toString(), "-xzf", archive.toString());
        Path home = folder.resolve(name.replace(".tar.gz", ""));
        String version = Manifest.run(home.resolve("bin/fdsentry").toString(), "--version");
        assertTrue(version.startsWith("fdsentry " + name.replaceAll("fdsentry-(.*)\\.tar\\.gz", "$1")), version);
        Manifest.run(
                home.resolve("bin/fdsentry").toString(),
                "check-config",
                home.resolve("config.yaml").toString());
        List<Path> aside = List.of(home.resolve("deploy/k8s"), home.resolve("docs"), home.resolve("LICENSE"));
        assertTrue(aside.stream().allMatch(Files::exists), aside.toString());
        parts.assertWellFormed();
        parts.assertNames(home.resolve("lib"));
    }

    /// The file with this ending among those that have a sum.
    private static String only(String sums, String ending) {
        List<String> names = sums.lines()
                .map(line -> line.split("\\s+", 2)[1])
                .filter(name -> name.endsWith(ending))
                .toList();
        assertEquals(1, names.size(), sums);
        return names.getFirst();
    }

    @Test
    void systemdUnderstandsTheUnitAndFindsItWellShutIn() throws Exception {
        String systemd = Needs.program("systemd-analyze").toString();
        Path unit = folder.resolve("fdsentry.service");
        String installed = Files.readString(UNIT);
        Files.writeString(unit, installed.replace("/opt/fdsentry/bin/fdsentry", "/bin/true"));
        String said = Manifest.run(systemd, "verify", "--man=no", unit.toString());
        assertEquals("", said);
        Manifest.run(
                systemd, "security", "--offline=true", "--no-pager", "--threshold=" + MOST_EXPOSURE, unit.toString());
        for (String hides : List.of("ProtectProc=", "ProcSubset=", "PrivateNetwork=", "MemoryDenyWriteExecute=")) {
            assertFalse(installed.lines().anyMatch(line -> line.startsWith(hides)), hides);
        }
        assertTrue(installed.contains("CapabilityBoundingSet=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH\n"));
    }
}
