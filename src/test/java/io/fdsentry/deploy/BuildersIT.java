package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Dockerfile by Docker's own builders, the old one and BuildKit; podman's is what the other tests use.
@Tag("full")
class BuildersIT {
    @ParameterizedTest
    @ValueSource(strings = {"classic", "buildkit"})
    void anotherBuilderMakesTheImageToo(String builder) throws Exception {
        Needs.root();
        Needs.program("podman");
        String said = Manifest.run("scripts/builders.sh", builder);
        assertTrue(said.contains("revision=" + builder + " user=10177:10177\n"), said);
        assertEquals(
                2, said.lines().filter(line -> line.startsWith("fdsentry ")).count(), said);
    }
}
