package io.fdsentry.cli.inspect;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures as a person reads them: `4,231 of 65,535 (6 %)`, `3 d 4 h`.
public final class Figures {
    private static final String[] UNITS = {"d", "h", "m", "s"};
    private static final int[] PER_UNIT = {24 * 3600, 3600, 60, 1};
    private static final int KIB = 1024;

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share in whole percent; never "0 %" of something that is there, never "100 %" of something that is not
    /// full.
    public static String percent(long part, long whole) {
        double share = 100.0 * part / Math.max(1, whole);
        if (part > 0 && share < 1) {
            return "<1 %";
        }
        return (part < whole ? Math.min(99, Math.round(share)) : Math.round(share)) + " %";
    }

    /// How much of a limit is used.
    ///
    /// @param limit null where there is none
    public static String of(long used, @Nullable Long limit) {
        return limit == null
                ? count(used) + ", no limit"
                : "%s of %s (%s)".formatted(count(used), count(limit), percent(used, limit));
    }

    /// The two largest units of a duration.
    public static String age(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 1) {
            return "<1 s";
        }
        int unit = 0;
        while (seconds < PER_UNIT[unit]) {
            unit++;
        }
        String text = seconds / PER_UNIT[unit] + " " + UNITS[unit];
        boolean last = unit == UNITS.length - 1;
        long rest = last ? 0 : seconds % PER_UNIT[unit] / PER_UNIT[unit + 1];
        return rest == 0 ? text : text + " " + rest + " " + UNITS[unit + 1];
    }

    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double kib = bytes / (double) KIB;
        return kib < KIB
                ? String.format(Locale.ROOT, "%.0f KiB", kib)
                : String.format(Locale.ROOT, "%,.0f MiB", kib / KIB);
    }
}
