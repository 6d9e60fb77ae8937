package io.fdsentry.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures in words.
final class Words {
    private static final double A_HOUR = 3600;
    private static final double A_DAY = 24 * A_HOUR;

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A time to the second.
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The two largest units, such as `3 d 4 h`.
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return two(age.toDays(), " d", age.toHoursPart(), " h");
        }
        if (age.toHours() > 0) {
            return two(age.toHours(), " h", age.toMinutesPart(), " min");
        }
        return age.toMinutes() > 0
                ? two(age.toMinutes(), " min", age.toSecondsPart(), " s")
                : Math.max(0, age.toSeconds()) + " s";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
    }

    /// A slope by the hour, or by the day where that is less than one.
    static String growth(double perSecond) {
        double hourly = perSecond * A_HOUR;
        return Math.abs(hourly) >= 1 || hourly == 0
                ? String.format(Locale.ROOT, "%+,.0f an hour", hourly)
                : String.format(Locale.ROOT, "%+,.1f a day", perSecond * A_DAY);
    }

    /// Time left, in words; empty where it is not known or there is no end.
    static String left(@Nullable Double seconds) {
        if (seconds == null || !Double.isFinite(seconds) || seconds > Long.MAX_VALUE / 1e9) {
            return "";
        }
        return age(Duration.ofSeconds((long) (double) seconds));
    }
}
