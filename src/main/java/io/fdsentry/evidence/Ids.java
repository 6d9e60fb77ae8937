package io.fdsentry.evidence;

import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessSample;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of records, such as `20261121t120000z-ruler-4242-confirmed`: `[a-z0-9-]+`, later ones sort later.
final class Ids {
    private static final Pattern ID = Pattern.compile("[0-9]{8}t[0-9]{6}z-[a-z0-9-]{1,120}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss", Locale.ROOT);
    private static final int TIME_LENGTH = 15;
    private static final int MOST_OF_TARGET = 40;

    private Ids() {}

    static String of(Instant at, ProcessSample process, Occasion occasion) {
        return "%sz-%s-%d-%s"
                .formatted(
                        TIME.format(at.atOffset(ZoneOffset.UTC)),
                        slug(process.target()),
                        process.id().pid(),
                        occasion.label());
    }

    /// Whether a record may be called so; anything else must never come near a path.
    static boolean isOne(String id) {
        return ID.matcher(id).matches();
    }

    /// When the record of an id was begun, null for a time that is none.
    static @Nullable Instant time(String id) {
        try {
            return LocalDateTime.parse(id.substring(0, TIME_LENGTH), TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String slug(String name) {
        StringBuilder slug = new StringBuilder();
        for (int i = 0; i < name.length() && slug.length() < MOST_OF_TARGET; i++) {
            char c = Character.toLowerCase(name.charAt(i));
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (plain) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        return slug.isEmpty() ? "x" : slug.toString();
    }
}
