package io.fdsentry.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// "Did you mean": the known word nearest to a mistyped one.
final class Suggestion {
    private static final int LONGEST = 40;

    private Suggestion() {}

    /// The end of a message, `, did you mean "word"?`, or nothing where no known word is near.
    static String near(String typed, Collection<String> known) {
        String best = nearest(typed, known);
        return best == null ? "" : ", did you mean \"" + best + "\"?";
    }

    /// The end of a message that names the places where a word is known, or nothing where it is known nowhere.
    static String among(Collection<String> places) {
        return places.isEmpty() ? "" : ", did you mean " + String.join(" or ", places) + "?";
    }

    /// The known word that takes the fewest edits, at most a third of its length (but always one); of equals the
    /// one that begins alike. Case, `-` and `_` do not count.
    static @Nullable String nearest(String typed, Collection<String> known) {
        if (typed.length() > LONGEST) {
            return null;
        }
        String bare = bare(typed);
        return known.stream()
                .filter(word -> distance(bare, bare(word)) <= Math.max(1, word.length() / 3))
                .min(Comparator.<String>comparingInt(word -> distance(bare, bare(word)))
                        .thenComparingInt(word -> -sameStart(bare, bare(word))))
                .orElse(null);
    }

    /// Insertions, deletions, replacements, and swaps of neighbours that turn one text into the other (optimal
    /// string alignment).
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }

    private static int sameStart(String a, String b) {
        int i = 0;
        while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
