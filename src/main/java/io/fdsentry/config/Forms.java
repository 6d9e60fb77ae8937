package io.fdsentry.config;

import com.google.re2j.Pattern;
import io.fdsentry.config.Form.Style;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The kinds of values that configuration files hold.
final class Forms {
    private static final java.util.regex.Pattern WHOLE = java.util.regex.Pattern.compile("-?(0|[1-9]\\d*)");
    private static final java.util.regex.Pattern DECIMAL =
            java.util.regex.Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final int MAX_PORT = 65_535;

    static final Form<String> TEXT = new Form<>("text", Style.TEXT, text -> text);
    static final Form<Boolean> FLAG = new Form<>("true or false", Style.PLAIN, Forms::flag);
    static final Form<Path> PATH = new Form<>("a path", Style.TEXT, Forms::path);
    static final Form<URI> URL = new Form<>("an http or https URL", Style.TEXT, Forms::url);
    static final Form<Pattern> REGEX = new Form<>("an RE2 expression", Style.TEXT, Regex::compile);

    private Forms() {}

    /// @param least allowed
    /// @param most allowed
    static Form<Duration> duration(Duration least, Duration most) {
        return new Form<>("a duration such as 30s, 5m or 1d12h", Style.TEXT, text -> {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw outside(Durations.format(least), Durations.format(most), text);
            }
            return duration;
        });
    }

    /// A size in bytes.
    static Form<Long> size(String least, String most) {
        return new Form<>("a size such as 100MB or 64MiB", Style.TEXT, text -> {
            long bytes = Sizes.parse(text);
            if (bytes < Sizes.parse(least) || bytes > Sizes.parse(most)) {
                throw outside(least, most, text);
            }
            return bytes;
        });
    }

    /// Without leading zeros, which some would read as octal.
    static Form<Integer> whole(int least, int most) {
        return new Form<>("a whole number", Style.PLAIN, text -> {
            if (!WHOLE.matcher(text).matches()) {
                throw new BadValue(Quoted.of(text) + " is not a whole number");
            }
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
                throw outside(Integer.toString(least), Integer.toString(most), text);
            }
            return number.intValueExact();
        });
    }

    /// A decimal number above zero.
    static Form<Double> positive(int most) {
        return new Form<>("a number", Style.PLAIN, text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new BadValue(Quoted.of(text) + " is not a number");
            }
            double number = Double.parseDouble(text);
            if (number <= 0 || number > most) {
                throw new BadValue("must be above 0 and at most " + most + ", not " + Quoted.of(text));
            }
            return number;
        });
    }

    /// One of the constants of an enum, in lower case.
    static <E extends Enum<E>> Form<E> choice(Class<E> type) {
        return choice(
                List.of(type.getEnumConstants()), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /// @param choices all of them
    /// @param word how the file writes each
    static <T> Form<T> choice(List<T> choices, Function<T, String> word) {
        List<String> words = new ArrayList<>();
        choices.forEach(choice -> words.add(word.apply(choice)));
        String want = "one of " + String.join(", ", words);
        return new Form<>(want, Style.TEXT, text -> {
            int index = words.indexOf(text);
            if (index < 0) {
                throw new BadValue("must be " + want + ", not " + Quoted.of(text) + Suggestion.near(text, words));
            }
            return choices.get(index);
        });
    }

    private static BadValue outside(String least, String most, String text) {
        return new BadValue("must be from " + least + " to " + most + ", not " + Quoted.of(text));
    }

    private static boolean flag(String text) throws BadValue {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue("must be true or false, not " + Quoted.of(text));
        };
    }

    private static Path path(String text) throws BadValue {
        if (text.isEmpty()) {
            throw new BadValue("must not be empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValue(Quoted.of(text) + " is not a path: " + e.getReason());
        }
    }

    /// Never repeats the text, which may hold a password.
    private static URI url(String text) throws BadValue {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValue("is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        String scheme = url.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new BadValue("is not a URL that begins with http:// or https://");
        }
        if (url.getHost() == null) {
            throw new BadValue("is not a URL with a host");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw new BadValue("is not a URL with a port from 1 to " + MAX_PORT);
        }
        return url;
    }
}
