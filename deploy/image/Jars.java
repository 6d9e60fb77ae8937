import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Writes jars anew for the image: stored, since the layer compresses better than a jar does. Of Chart.js the page takes
/// one file, whose notice stays with it; everything else is kept, poms too, by which scanners know what they see. The
/// same jars come out as the same bytes.
///
/// `java Jars.java JAR...`
final class Jars {
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    private Jars() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            Path file = Path.of(jar);
            write(file, wanted(file));
        }
    }

    private static Map<String, byte[]> wanted(Path jar) throws IOException {
        Map<String, byte[]> wanted = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && isWanted(entry.getName())) {
                    wanted.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return wanted;
    }

    private static boolean isWanted(String name) {
        if (name.startsWith("META-INF/resources/webjars/chart.js/")) {
            return name.endsWith("/chart.umd.js") || name.toUpperCase().contains("LICENSE");
        }
        return true;
    }

    private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                out.putNextEntry(stored(one.getKey(), one.getValue()));
                out.write(one.getValue());
            }
        }
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(ALWAYS);
        return entry;
    }
}
