package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Goroutines;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where goroutines wait, as far as a cause looks at that. The reasons are those of the Go runtime's
/// `waitReasonStrings`.
final class Waiting {
    private static final Pattern LOCK = Pattern.compile("semacquire|sync\\..*|sync mutex.*");
    private static final Pattern IO = Pattern.compile("IO wait|IO wait .*");

    private Waiting() {}

    /// Whether a wait is for a lock.
    static boolean isForLock(Goroutines.Site site) {
        return LOCK.matcher(site.reason()).matches();
    }

    /// Whether a wait is for bytes.
    static boolean isForBytes(Goroutines.Site site) {
        return IO.matcher(site.reason()).matches();
    }

    /// The place where most of those wait that meet a condition; null where fewer than `least` do.
    static Goroutines.@Nullable Site at(Subject subject, Predicate<Goroutines.Site> condition, double least) {
        Goroutines goroutines = subject.goroutines();
        if (goroutines == null) {
            return null;
        }
        Goroutines.Site most = null;
        for (Goroutines.Site site : goroutines.sites()) {
            if (condition.test(site) && (most == null || site.count() > most.count())) {
                most = site;
            }
        }
        return most != null && most.count() >= Math.max(1, least) ? most : null;
    }

    /// Such as `200 goroutines wait at main.handle (handler.go:42), sync.RWMutex.RLock, one for at least 12 min`.
    static String phrase(Goroutines.Site site) {
        Duration longest = site.blockedAtLeast();
        return Phrase.count(site.count()) + " goroutines wait at " + site.function() + ", " + site.reason()
                + (longest.isPositive() ? ", one for at least " + Phrase.age(longest) : "");
    }
}
