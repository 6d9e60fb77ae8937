package io.fdsentry.golang;

import io.fdsentry.model.Goroutines.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds up, for one walk, how many wait at each place and how long.
final class Tally {
    private static final int MOST_SITES = 50;
    private static final long TENTH = 100_000_000;

    private final Places places;
    private int[] counts = new int[64];
    /// First seen of the one that waits longest.
    private int[] since = new int[64];
    /// The least of the runtime's own upper bounds; 0 where one has none.
    private long[] bound = new long[64];

    private int after;
    private int now;
    private long nanos;

    Tally(Places places) {
        this.places = places;
    }

    /// @param tenths the time of the walk as [Slots#since] has it
    /// @param nanos the same on the monotonic clock
    void begin(int tenths, long nanos, Duration blockedAfter) {
        Arrays.fill(counts, 0);
        now = tenths;
        this.nanos = nanos;
        after = (int) Math.min(Integer.MAX_VALUE, blockedAfter.toMillis() / 100);
    }

    void add(int place, int seen, long waitSince) {
        if (now - seen < after || place <= Places.IGNORED) {
            return;
        }
        if (place >= counts.length) {
            grow(place);
        }
        boolean first = counts[place]++ == 0;
        if (first || seen < since[place]) {
            since[place] = seen;
        }
        if (first) {
            bound[place] = waitSince;
        } else {
            bound[place] = waitSince == 0 || bound[place] == 0 ? 0 : Math.min(bound[place], waitSince);
        }
    }

    private void grow(int place) {
        int length = Math.max(place + 1, 2 * counts.length);
        counts = Arrays.copyOf(counts, length);
        since = Arrays.copyOf(since, length);
        bound = Arrays.copyOf(bound, length);
    }

    Map<String, Integer> byReason() {
        Map<String, Integer> sums = new TreeMap<>();
        for (int place = Places.IGNORED + 1; place < Math.min(counts.length, places.size()); place++) {
            if (counts[place] > 0) {
                sums.merge(places.get(place).reason(), counts[place], Integer::sum);
            }
        }
        return sums;
    }

    /// Most first.
    List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        for (int place = Places.IGNORED + 1; place < Math.min(counts.length, places.size()); place++) {
            if (counts[place] > 0) {
                sites.add(site(place));
            }
        }
        return sites.stream()
                .sorted(Comparator.comparingInt(Site::count)
                        .reversed()
                        .thenComparing(Site::function)
                        .thenComparing(Site::createdBy)
                        .thenComparing(Site::reason))
                .limit(MOST_SITES)
                .toList();
    }

    private Site site(int place) {
        Places.Place at = places.get(place);
        Duration least = Duration.ofNanos((now - since[place]) * TENTH);
        Duration most = bound[place] == 0 ? null : Duration.ofNanos(Math.max(nanos - bound[place], least.toNanos()));
        return new Site(at.site(), at.createdBy(), at.reason(), counts[place], least, most);
    }
}
