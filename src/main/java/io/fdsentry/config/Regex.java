package io.fdsentry.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Compiles the regular expressions of selectors: RE2, where `.` matches line breaks too, as in Prometheus, because
/// arguments may hold some.
///
/// RE2 compiles `(a{1000}){1000}` into a million instructions and recurses once for each open parenthesis, so both
/// are bounded first: a file must not be able to take the process down.
final class Regex {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_DEPTH = 100;
    private static final long MAX_INSTRUCTIONS = 20_000;
    private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    private Regex() {}

    /// @throws BadValue where it is no RE2 expression, empty, or too large
    static Pattern compile(String text) throws BadValue {
        if (text.isEmpty()) {
            throw new BadValue("must not be empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new BadValue("is longer than " + MAX_LENGTH + " characters");
        }
        checkSize(text);
        try {
            return Pattern.compile(text, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            // Flags come back as a prefix of the expression.
            String part = e.getPattern() == null ? text : e.getPattern().replaceFirst("^\\(\\?s\\)", "");
            throw new BadValue(Quoted.of(text) + " is not an RE2 expression: " + e.getDescription()
                    + (part.equals(text) ? "" : " " + Quoted.of(part)));
        }
    }

    /// Walks over the expression without judging its syntax: what each group would compile to at most.
    private static void checkSize(String text) throws BadValue {
        Deque<Long> outer = new ArrayDeque<>();
        Matcher repeat = REPEAT.matcher(text);
        long sum = 0;
        long last = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int next = i + 1;
            if (c == '(') {
                outer.push(sum + last);
                sum = 0;
                last = 1;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sum + last + 1;
                sum = outer.pop();
            } else if (c == '{' && repeat.region(i, text.length()).lookingAt()) {
                last *= Math.max(1, Math.max(count(repeat.group(1)), count(repeat.group(2))));
                next = repeat.end();
            } else {
                sum += last;
                last = 1;
                next = c == '\\' ? i + 2 : c == '[' ? endOfClass(text, i) : i + 1;
            }
            if (outer.size() > MAX_DEPTH || sum + last > MAX_INSTRUCTIONS) {
                throw new BadValue("is too large: groups too deep, or repetitions of repetitions");
            }
            i = next;
        }
    }

    private static long count(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : digits.length() > 4 ? MAX_INSTRUCTIONS : Long.parseLong(digits);
    }

    /// The index after the class that opens at `from`; a `]` that comes first is a member.
    private static int endOfClass(String text, int from) {
        int first = from + (text.startsWith("[^", from) ? 2 : 1);
        int i = text.startsWith("]", first) ? first + 1 : first;
        while (i < text.length() && text.charAt(i) != ']') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
