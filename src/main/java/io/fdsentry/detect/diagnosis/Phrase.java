package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Figures in words.
final class Phrase {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double MOST_DAYS = 3650;

    private Phrase() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// The two largest units, such as `3 d 4 h`.
    static String age(Instant since, Instant at) {
        return age(Duration.between(since, at));
    }

    /// The two largest units, such as `3 d 4 h`.
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    /// How fast and how far, such as `; +121 an hour; limit 65,535 in 21 d 4 h`; what is not known is left out.
    static String pace(Subject subject) {
        Verdict verdict = subject.verdict();
        StringBuilder text = new StringBuilder();
        Double growth = verdict.growthPerSecond();
        if (growth != null && growth > 0) {
            text.append("; ").append(growth(growth));
        }
        Long limit = subject.limit();
        if (limit != null) {
            text.append("; limit ").append(count(limit));
            Double left = verdict.secondsToLimit();
            if (left != null && left < MOST_DAYS * DAY) {
                text.append(" in ").append(age(Duration.ofSeconds(left.longValue())));
            }
        }
        return text.toString();
    }

    private static String growth(double perSecond) {
        return perSecond * HOUR >= 1
                ? String.format(Locale.ROOT, "+%,.0f an hour", perSecond * HOUR)
                : String.format(Locale.ROOT, "+%,.1f a day", perSecond * DAY);
    }
}
