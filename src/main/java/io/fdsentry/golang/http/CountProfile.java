package io.fdsentry.golang.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Goroutines counted by stack, as `/debug/pprof/goroutine?debug=1` and `goroutineleak?debug=1` write them
/// (`src/runtime/pprof/pprof.go`):
///
///     goroutine profile: total 7
///     5 @ 0x43b0ee 0x44b5ce 0x4a2b2a 0x471b21
///     #	0x4a2b29	main.worker+0x29	/src/main.go:12
///
/// @param total of all stacks
/// @param text the profile itself, as far as it was wanted
public record CountProfile(int total, String text) {
    private static final Pattern HEADER = Pattern.compile("goroutine(?:leak)? profile: total (\\d{1,9})");
    private static final Pattern STACK = Pattern.compile("(\\d{1,9}) @ .*");

    /// Reads one and holds it to what it says: the total has to be the sum of its stacks.
    static final class Reader implements Body<CountProfile> {
        private final Excerpt text;
        private int total = -1;
        private long sum;

        /// @param most characters of the text that are wanted
        Reader(int most) {
            text = new Excerpt(most);
        }

        @Override
        public void line(String line) {
            if (total < 0) {
                Matcher header = HEADER.matcher(line);
                if (!header.matches()) {
                    throw new IllegalArgumentException("not a goroutine profile");
                }
                total = Integer.parseInt(header.group(1));
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                Matcher stack = STACK.matcher(line);
                if (!stack.matches()) {
                    throw new IllegalArgumentException("a goroutine profile with lines that are none of it");
                }
                sum += Integer.parseInt(stack.group(1));
            }
            text.add(line);
        }

        @Override
        public CountProfile end(boolean whole) {
            if (!whole) {
                throw new IllegalArgumentException("a goroutine profile longer than is read");
            }
            if (total < 0) {
                throw new IllegalArgumentException("nothing");
            }
            if (sum != total) {
                throw new IllegalArgumentException("a goroutine profile of " + total + " whose stacks are " + sum);
            }
            return new CountProfile(total, text.toString());
        }
    }
}
