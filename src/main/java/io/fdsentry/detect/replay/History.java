package io.fdsentry.detect.replay;

import io.fdsentry.detect.trend.Column;
import io.fdsentry.detect.trend.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a history line by line: `t,value`, or whatever columns a header line names (`t` or `t_seconds`, `value`,
/// and those of [Column]; others are passed over). An empty field is unknown. Lines that are empty or begin with
/// `#` are passed over. Lines of one number are values that follow each other at the interval.
final class History {
    private final BufferedReader in;
    private final String end;
    private final double interval;
    private final Row row = new Row();
    private List<@Nullable Column> columns = List.of(Column.VALUE);
    private int timeField;
    private long line;
    private boolean header = true;
    private String time = "";
    private double seconds = Double.NEGATIVE_INFINITY;

    /// @param in ends with its last line, or with the line `end`
    /// @param interval seconds between values without a time
    History(BufferedReader in, String end, double interval) {
        this.in = in;
        this.end = end;
        this.interval = interval;
    }

    /// Goes on to the next sample.
    ///
    /// @return false when there is none
    boolean next() throws IOException, BadHistory {
        for (String text = in.readLine(); text != null && !text.equals(end); text = in.readLine()) {
            line++;
            if (text.isBlank() || text.charAt(0) == '#') {
                continue;
            }
            if (header && !startsLikeANumber(text)) {
                readHeader(text);
                continue;
            }
            if (header) {
                columns = text.indexOf(',') < 0 ? List.of(Column.VALUE) : List.of();
                timeField = columns.isEmpty() ? 0 : -1;
                columns = columns.isEmpty() ? timeAndValue() : columns;
                header = false;
            }
            readSample(text);
            return true;
        }
        return false;
    }

    private static List<@Nullable Column> timeAndValue() {
        List<@Nullable Column> both = new ArrayList<>();
        both.add(null);
        both.add(Column.VALUE);
        return both;
    }

    private static boolean startsLikeANumber(String text) {
        char c = text.charAt(0);
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.';
    }

    private void readHeader(String text) throws BadHistory {
        List<@Nullable Column> named = new ArrayList<>();
        timeField = -1;
        for (String name : text.split(",", -1)) {
            String label = name.strip();
            if (label.equals("t") || label.equals("t_seconds")) {
                timeField = named.size();
            }
            named.add(columnOf(label));
        }
        if (!named.contains(Column.VALUE)) {
            throw new BadHistory(line, "the header names no column value");
        }
        columns = named;
        header = false;
    }

    private static @Nullable Column columnOf(String label) {
        for (Column column : Column.values()) {
            if (column.label().equals(label)) {
                return column;
            }
        }
        return null;
    }

    private void readSample(String text) throws BadHistory {
        row.clear();
        int from = 0;
        for (int field = 0; field < columns.size(); field++) {
            int to = text.indexOf(',', from);
            to = to < 0 ? text.length() : to;
            if (field == timeField) {
                time = text.substring(from, to).strip();
            }
            Column column = columns.get(field);
            if (column != null && to > from) {
                row.set(column, number(text, from, to));
            }
            from = Math.min(to + 1, text.length());
        }
        tell();
    }

    private void tell() throws BadHistory {
        if (timeField < 0) {
            seconds = Double.isInfinite(seconds) ? 0 : seconds + interval;
            time = plain(seconds);
            return;
        }
        double at = number(time, 0, time.length());
        if (at < seconds) {
            throw new BadHistory(line, "time goes back from " + plain(seconds) + " to " + time);
        }
        seconds = at;
    }

    private double number(String text, int from, int to) throws BadHistory {
        long whole = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i - from > 15) {
                return decimal(text.substring(from, to));
            }
            whole = whole * 10 + digit;
        }
        return to > from ? whole : Double.NaN;
    }

    private double decimal(String text) throws BadHistory {
        try {
            return text.isBlank() ? Double.NaN : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new BadHistory(line, "not a number: " + text.strip());
        }
    }

    private static String plain(double seconds) {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    /// The time of the sample as it was written.
    String time() {
        return time;
    }

    double seconds() {
        return seconds;
    }

    /// Its columns; filled anew by [#next].
    Row row() {
        return row;
    }
}
