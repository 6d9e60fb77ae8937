package io.fdsentry.detect.trend;

import java.util.Arrays;

/// The columns of one sample. Made once for each feeder and filled anew for each sample; nobody keeps it.
public final class Row {
    private final double[] cells = new double[Column.values().length];

    /// All unknown.
    public Row() {
        clear();
    }

    /// Makes every column unknown.
    public void clear() {
        Arrays.fill(cells, Double.NaN);
    }

    /// @param count how many; NaN: not known
    public void set(Column column, double count) {
        cells[column.ordinal()] = count;
    }

    /// NaN where it is not known.
    public double get(Column column) {
        return cells[column.ordinal()];
    }

    /// Whether the column says anything.
    public boolean knows(Column column) {
        return !Double.isNaN(get(column));
    }
}
