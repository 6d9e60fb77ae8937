package io.fdsentry.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Prometheus writes them: `500ms`, `90s`, `5m`, `1d12h`, `0`. A day is 24 hours, a week 7 days, a
/// year 365.
final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern NO_UNIT = Pattern.compile("\\d+(\\.\\d+)?");
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {
        365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
    };

    private Durations() {}

    /// @throws BadValue where it is no duration, or one of more than 292 years (64 bits of nanoseconds)
    static Duration parse(String text) throws BadValue {
        Matcher parts = FORM.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.isEmpty() || !parts.matches()) {
            String hint = NO_UNIT.matcher(text).matches() ? ": the unit is missing" : "";
            throw new BadValue(Quoted.of(text) + " is not a duration such as 500ms, 30s, 5m or 1d12h" + hint);
        }
        BigInteger millis = BigInteger.ZERO;
        for (int i = 0; i < MILLIS.length; i++) {
            String count = parts.group(i + 1);
            if (count != null) {
                millis = millis.add(new BigInteger(count).multiply(BigInteger.valueOf(MILLIS[i])));
            }
        }
        if (millis.bitLength() > 63 || millis.longValue() > Long.MAX_VALUE / 1_000_000) {
            throw new BadValue(Quoted.of(text) + " is longer than 292 years");
        }
        return Duration.ofMillis(millis.longValue());
    }

    /// The shortest way to write whole milliseconds; weeks and years as days.
    static String format(Duration duration) {
        long left = duration.toMillis();
        StringBuilder out = new StringBuilder();
        for (int i = 2; i < UNITS.length; i++) {
            long count = left / MILLIS[i];
            left %= MILLIS[i];
            out.append(count == 0 ? "" : count + UNITS[i]);
        }
        return out.isEmpty() ? "0s" : out.toString();
    }
}
