package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.json.EvidenceAnswer;
import io.fdsentry.json.EvidenceShape;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A record as it is kept: JSON, compressed ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)).
final class Packed {
    /// No record of ours comes near; what is larger unpacked was made to fill memory.
    private static final int MOST_UNPACKED = 32 << 20;

    private Packed() {}

    /// The document of a record.
    static byte[] json(EvidenceRecord evidence) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (Writer out = new OutputStreamWriter(bytes, UTF_8)) {
            EvidenceShape.write(evidence, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] pack(byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length / 8 + 64);
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// @throws IOException when it is not what [#pack] made, or is cut off
    static byte[] unpack(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] json = in.readNBytes(MOST_UNPACKED);
            if (in.read() >= 0) {
                throw new IOException("larger than any evidence");
            }
            return json;
        }
    }

    static EvidenceRecord read(byte[] packed) throws IOException {
        byte[] json = unpack(packed);
        return EvidenceAnswer.read(new InputStreamReader(new ByteArrayInputStream(json), UTF_8));
    }

    /// Reads no more than the beginning.
    static EvidenceSummary summary(InputStream packed) throws IOException {
        try (Reader in = new InputStreamReader(new GZIPInputStream(packed), UTF_8)) {
            return EvidenceAnswer.summary(in);
        }
    }
}
