package io.fdsentry.procfs;

/// Reads numbers out of a line of bytes, from left to right and without making objects. What is not as expected makes
/// it unsound, which it stays until it is moved to another line; the numbers it gives then mean nothing.
final class TextCursor {
    private byte[] text = {};
    private int at;
    private int end;
    private boolean sound;

    /// @param from first byte of the line
    /// @param to behind its last
    void moveTo(byte[] bytes, int from, int to) {
        text = bytes;
        at = from;
        end = to;
        sound = true;
    }

    /// Whether all was as expected so far.
    boolean isSound() {
        return sound;
    }

    /// Makes it unsound.
    void refuse() {
        sound = false;
    }

    boolean isAt(char wanted) {
        return at < end && text[at] == wanted;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /// Passes over a character that must be there.
    void expect(char wanted) {
        sound &= isAt(wanted);
        at++;
    }

    void blanks() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }

    /// Passes over a word and the blanks before it.
    void word() {
        blanks();
        int start = at;
        while (at < end && text[at] != ' ') {
            at++;
        }
        sound &= at > start;
    }

    /// A number of at least one decimal digit, behind any blanks.
    long decimal() {
        blanks();
        int start = at;
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at++] - '0';
        }
        sound &= at > start;
        return value;
    }

    /// A number of at least one hexadecimal digit.
    ///
    /// @param most of its digits; what comes behind them is left
    long hexadecimal(int most) {
        int start = at;
        int limit = Math.min(end, at + most);
        long value = 0;
        while (at < limit) {
            int digit = digit(text[at]);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
        }
        sound &= at > start;
        return value;
    }

    private static int digit(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
