package io.fdsentry.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `$` means in values.
///
/// Only `${` and `$$` are special: `${NAME}` is the variable, an error where it is unset; `${NAME:-default}` is the
/// default where it is unset or empty; `$$` is one `$`. Every other `$` stays, since regular expressions often end
/// with one. Variables are put into values after YAML was parsed, so that their text can never add keys, and they
/// are not expanded again.
sealed interface Expansion {
    /// The value in force.
    ///
    /// @param text as the file has it
    /// @throws BadValue for an unset variable, a name that is none, or a `${` without its `}`
    String expand(String text) throws BadValue;

    /// Text as it stands, for files of formats that have no variables.
    record Literal() implements Expansion {
        @Override
        public String expand(String text) {
            return text;
        }
    }

    /// @param environment values by name
    record Variables(Map<String, String> environment) implements Expansion {
        private static final Pattern SPECIAL =
                Pattern.compile("\\$(?:(?<dollar>\\$)|\\{(?:(?<name>[^}:]*)(?<fallback>:-[^}]*)?(?<end>}))?)");
        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        @Override
        public String expand(String text) throws BadValue {
            if (text.indexOf('$') < 0) {
                return text;
            }
            StringBuilder out = new StringBuilder();
            Matcher special = SPECIAL.matcher(text);
            int from = 0;
            while (special.find()) {
                out.append(text, from, special.start());
                out.append(special.group("dollar") != null ? "$" : variable(special, text));
                from = special.end();
            }
            return out.append(text, from, text.length()).toString();
        }

        private String variable(Matcher special, String text) throws BadValue {
            if (special.group("end") == null) {
                throw new BadValue(Quoted.of(text.substring(special.start()))
                        + " is not ${NAME} or ${NAME:-default}; $${ is a plain ${");
            }
            String name = special.group("name");
            if (!NAME.matcher(name).matches()) {
                throw new BadValue(Quoted.of(name) + " is not the name of an environment variable; $${ is a plain ${");
            }
            String fallback = special.group("fallback");
            if (fallback != null && fallback.contains("${")) {
                throw new BadValue("the default of ${" + name + "} may not hold another variable");
            }
            return value(name, fallback);
        }

        private String value(String name, @Nullable String fallback) throws BadValue {
            String value = environment.get(name);
            if (fallback != null && (value == null || value.isEmpty())) {
                return fallback.substring(2).replace("$$", "$");
            }
            if (value == null) {
                throw new BadValue(
                        "environment variable " + name + " is not set; ${" + name + ":-default} gives a default");
            }
            return value;
        }
    }
}
