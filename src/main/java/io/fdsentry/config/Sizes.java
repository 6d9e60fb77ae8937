package io.fdsentry.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes with a unit: `100MB` is 100,000,000 bytes, `100MiB` is 104,857,600; fractions are fine where they come out
/// at whole bytes, `1.5GB`.
final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?) ?([A-Za-z]*)");
    private static final List<String> PREFIXES = List.of("", "K", "M", "G", "T", "P");

    private Sizes() {}

    /// @return bytes
    /// @throws BadValue where it is no size
    static long parse(String text) throws BadValue {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValue(Quoted.of(text) + " is not a size such as 100MB or 64MiB");
        }
        try {
            return new BigDecimal(form.group(1))
                    .multiply(unit(form.group(2), text))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new BadValue(Quoted.of(text) + " is not a whole number of bytes that 64 bits hold");
        }
    }

    private static BigDecimal unit(String unit, String text) throws BadValue {
        for (int i = 0; i < PREFIXES.size(); i++) {
            String prefix = PREFIXES.get(i);
            if (unit.equals(prefix + "B") || unit.equals(prefix.toLowerCase(Locale.ROOT) + "B")) {
                return BigDecimal.valueOf(1000).pow(i);
            }
            if (i > 0 && unit.equals(prefix + "iB")) {
                return BigDecimal.valueOf(1024).pow(i);
            }
        }
        throw new BadValue(Quoted.of(text)
                + (unit.isEmpty() ? " has no unit" : " has no unit known here")
                + ": one of B KB MB GB TB PB (1000) or KiB MiB GiB TiB PiB (1024)");
    }
}
