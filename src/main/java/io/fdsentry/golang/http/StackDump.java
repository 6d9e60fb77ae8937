package io.fdsentry.golang.http;

import io.fdsentry.model.Goroutines.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `/debug/pprof/goroutine?debug=2` tells (`src/runtime/traceback.go`):
///
///     goroutine 18 [sync.Mutex.Lock, 12 minutes]:
///     sync.(*Mutex).Lock(...)
///     	/usr/lib/go/src/sync/mutex.go:90
///     main.handle({0x5f2c80, 0xc000124000}, 0xc00010a000)
///     	/src/main.go:42 +0x1d
///     created by net/http.(*Server).Serve in goroutine 1
///     	/usr/lib/go/src/net/http/server.go:3086 +0x4cb
///
/// The minutes are too many rather than too few: they count from the end of the garbage collection before the one
/// that first found the goroutine waiting. That one is at most two minutes older, since Go collects at least that
/// often.
///
/// @param total goroutines in it
/// @param blocked those that wait at least as long as was asked, by wait reason
/// @param sites where most of those wait, most first
/// @param text the stacks, equal ones once, most first
/// @param whole whether all goroutines are in it: Go ends it at 64 MiB
public record StackDump(int total, Map<String, Integer> blocked, List<Site> sites, String text, boolean whole) {
    /// By so much a wait may be shorter than Go tells.
    static final int MINUTES_TOO_MANY = 3;

    /// What Go writes at most, whatever there is.
    private static final long CUT_BY_GO = 64L << 20;

    /// Sites that are told.
    private static final int MOST_SITES = 20;
    /// Wait reasons that are told apart; Go has some forty.
    private static final int MOST_REASONS = 64;

    public StackDump {
        blocked = Map.copyOf(blocked);
        sites = List.copyOf(sites);
    }

    /// Reads one.
    static final class Reader implements Body<StackDump> {
        private final Duration blockedAfter;
        private final StackGroups groups;
        private final Map<String, Integer> blocked = new TreeMap<>();
        private final Sites sites = new Sites();
        private int total;
        private long length;
        private @Nullable Stack current;

        /// @param blockedAfter what waits less is not blocked
        /// @param most characters of the text that are wanted
        Reader(Duration blockedAfter, int most) {
            this.blockedAfter = blockedAfter;
            groups = new StackGroups(most);
        }

        @Override
        public void line(String line) {
            length += line.length() + 1;
            if (line.startsWith("goroutine ")) {
                finish();
                current = StackHeader.parse(line);
            } else if (line.isEmpty()) {
                finish();
            } else if (current != null) {
                current.line(line);
            }
            if (current == null && total == 0 && !line.isEmpty()) {
                throw new IllegalArgumentException("no list of goroutines");
            }
        }

        private void finish() {
            Stack stack = current;
            current = null;
            if (stack != null) {
                total++;
                groups.add(stack);
                Duration atLeast = Duration.ofMinutes(Math.max(0, stack.minutes() - MINUTES_TOO_MANY));
                if (StackHeader.isWait(stack.reason()) && atLeast.compareTo(blockedAfter) >= 0) {
                    boolean room = blocked.size() < MOST_REASONS || blocked.containsKey(stack.reason());
                    blocked.merge(room ? stack.reason() : "other", 1, Integer::sum);
                    sites.add(stack, atLeast);
                }
            }
        }

        @Override
        public StackDump end(boolean whole) {
            if (whole) {
                finish();
            }
            if (total == 0) {
                throw new IllegalArgumentException("no list of goroutines");
            }
            boolean all = whole && length < CUT_BY_GO;
            return new StackDump(total, blocked, sites.top(MOST_SITES), groups.text(total, all), all);
        }
    }

    /// Stacks that wait, by place.
    private static final class Sites {
        private static final int MOST_KEPT = 5_000;

        private final Map<Key, Waiting> byPlace = new HashMap<>();

        private record Key(String site, String creator, String reason) {}

        private static final class Waiting {
            int count;
            Duration atLeast = Duration.ZERO;
            int minutes;
        }

        void add(Stack stack, Duration atLeast) {
            Key key = new Key(stack.site(), stack.creator(), stack.reason());
            Waiting waiting = byPlace.get(key);
            if (waiting == null) {
                if (byPlace.size() == MOST_KEPT) {
                    return;
                }
                waiting = new Waiting();
                byPlace.put(key, waiting);
            }
            waiting.count++;
            waiting.minutes = Math.max(waiting.minutes, stack.minutes());
            waiting.atLeast = waiting.atLeast.compareTo(atLeast) < 0 ? atLeast : waiting.atLeast;
        }

        List<Site> top(int most) {
            return byPlace.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(b.count, a.count)))
                    .limit(most)
                    .map(entry -> site(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private static Site site(Key key, Waiting waiting) {
            Duration atMost = waiting.minutes == 0 ? null : Duration.ofMinutes(waiting.minutes + 1L);
            return new Site(key.site(), key.creator(), key.reason(), waiting.count, waiting.atLeast, atMost);
        }
    }
}
