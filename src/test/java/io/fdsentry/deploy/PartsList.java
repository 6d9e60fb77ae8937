package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A list of parts in [CycloneDX](https://cyclonedx.org/docs/1.6/json/) form, as a release has it.
record PartsList(JsonObject content) {
    private static final String SERIAL = "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    static PartsList read(Path file) throws IOException {
        return new PartsList(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    }

    /// What the form asks for: kinds and names of all parts, each known by a reference of its own, and no dependency on
    /// anything that is not there.
    void assertWellFormed() {
        assertEquals("CycloneDX", text(content, "bomFormat"));
        assertTrue(text(content, "specVersion").matches("1\\.[5-9]"), text(content, "specVersion"));
        assertEquals(1, content.get("version").getAsInt());
        assertTrue(text(content, "serialNumber").matches(SERIAL), text(content, "serialNumber"));
        Set<String> known = new HashSet<>(Set.of(text(itself(), "bom-ref")));
        for (JsonObject part : parts()) {
            assertEquals("library", text(part, "type"));
            assertEquals(text(part, "bom-ref"), text(part, "purl"));
            assertTrue(known.add(text(part, "bom-ref")), part.toString());
            assertFalse(part.getAsJsonArray("licenses").isEmpty(), part.toString());
        }
        for (JsonObject dependency : objects(content, "dependencies")) {
            assertTrue(known.contains(text(dependency, "ref")), dependency.toString());
            if (dependency.has("dependsOn")) {
                dependency
                        .getAsJsonArray("dependsOn")
                        .forEach(one -> assertTrue(known.contains(one.getAsString()), one.toString()));
            }
        }
    }

    /// Its own jar and every other of the folder by name, version and sum, and nothing that is not there.
    void assertNames(Path lib) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        parts().forEach(part -> listed.put(jar(part), sum(part)));
        Map<String, String> there = new TreeMap<>();
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.toList()) {
                there.put(jar.getFileName().toString(), sum(jar));
            }
        }
        assertTrue(there.remove(jar(itself())) != null, jar(itself()));
        assertEquals(there, listed);
        assertFalse(there.isEmpty());
    }

    private JsonObject itself() {
        return content.getAsJsonObject("metadata").getAsJsonObject("component");
    }

    private List<JsonObject> parts() {
        return objects(content, "components");
    }

    private static List<JsonObject> objects(JsonObject of, String name) {
        return of.getAsJsonArray(name).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String jar(JsonObject part) {
        return text(part, "name") + "-" + text(part, "version") + ".jar";
    }

    private static String sum(JsonObject part) {
        return objects(part, "hashes").stream()
                .filter(hash -> text(hash, "alg").equals("SHA-256"))
                .map(hash -> text(hash, "content"))
                .findFirst()
                .orElse("none");
    }

    private static String sum(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private static String text(JsonObject of, String name) {
        return of.get(name).getAsString();
    }
}
