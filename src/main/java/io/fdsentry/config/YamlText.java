package io.fdsentry.config;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/// From bytes to the one document of a file as nodes. Nothing is constructed from them: a node is text with a
/// place.
final class YamlText {
    private static final String SYNTAX = "syntax";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    /// The root of a file's document; null where it is empty, or after a problem.
    static @Nullable Node compose(FileContent content, Problems problems) {
        return switch (content) {
            case FileContent.Unreadable unreadable -> {
                problems.add(Place.START, "file", unreadable.reason());
                yield null;
            }
            case FileContent.Bytes bytes -> {
                String text = decode(bytes.bytes(), problems);
                yield text == null ? null : compose(text, problems);
            }
        };
    }

    /// Likewise of a text.
    static @Nullable Node compose(String text, Problems problems) {
        String body = text.startsWith(String.valueOf(BYTE_ORDER_MARK)) ? text.substring(1) : text;
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(body));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            problems.add(mark == null ? Place.START : Place.of(mark), SYNTAX, reason(e));
        } catch (ReaderException e) {
            String reason = String.format("the character U+%04X may not stand in YAML", e.getCodePoint());
            problems.add(Place.endOf(before(body, e.getCodePoint())), SYNTAX, reason);
        } catch (RuntimeException e) {
            // SnakeYAML 2.7 lets NumberFormatException out for "\UFFFFFFFF", and has no place for too deep nesting.
            problems.add(Place.START, SYNTAX, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        return problem.isEmpty() || context.isEmpty() ? problem + context : problem + " (" + context + ")";
    }

    private static String before(String text, int codePoint) {
        int index = text.indexOf(codePoint);
        return index < 0 ? "" : text.substring(0, index);
    }

    private static @Nullable String decode(byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (!result.isError()) {
            return out.toString();
        }
        String reason = String.format("byte 0x%02X is not UTF-8", bytes[in.position()]);
        problems.add(Place.endOf(out), SYNTAX, reason);
        return null;
    }
}
