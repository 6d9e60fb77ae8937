package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A damaged file is loaded or refused; it never throws, and every problem is one line with a place inside the
/// file.
class ConfigMutationTest {
    private static final int ROUNDS = 500;
    private static final Pattern LINE = Pattern.compile("c\\.yaml:[1-9]\\d*:[1-9]\\d*: [^\\n]+");
    private static final List<String> PIECES = List.of(
            "\t",
            "\n",
            "  ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!x ",
            "!!binary ",
            "'",
            "\"",
            "|",
            ">",
            "%",
            "---\n",
            "...\n",
            "<<: ",
            "? ",
            "${",
            "}",
            "$$",
            "~",
            "null",
            "\u0000",
            "ä",
            "\uD83D\uDE00",
            "#",
            "\\",
            "99999999999999999999",
            "\"\\UFFFFFFFF\"",
            "(",
            "{1000}");

    @Test
    void damagedFilesAreLoadedOrRefused() throws IOException {
        String shipped = Files.readString(Path.of("config.yaml"));
        String text = shipped.replace("\ntargets: []\n", "\n").replaceAll("(?m)^#(?=targets:|  )", "");
        Random random = new Random(20260101);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage(text, random).getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i > 1; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            refused += check(ConfigLoader.read("c.yaml", new FileContent.Bytes(bytes), Map.of()));
        }
        assertTrue(refused > ROUNDS / 4, "only " + refused + " were refused");
        assertTrue(refused < ROUNDS, "none was loaded");
    }

    private static int check(Loaded<Config> loaded) {
        return switch (loaded) {
            case Loaded.Valid<Config> valid -> 0;
            case Loaded.Invalid<Config>(List<Problem> problems) -> {
                assertFalse(problems.isEmpty());
                problems.forEach(
                        problem -> assertTrue(LINE.matcher(problem.toString()).matches(), problem::toString));
                yield 1;
            }
        };
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(at, end);
                case 1 -> damaged.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> damaged.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                default -> damaged.insert(random.nextInt(damaged.length()), damaged.substring(at, end));
            }
        }
        return damaged.toString();
    }
}
