package io.fdsentry.procfs;

/// Reads numbers out of a line of bytes, from left to right and without making objects. What is not as expected
/// makes it unsound, which it stays until it is moved to another line; the numbers it gives then mean nothing.
///
/// The loops work on copies of its fields, which C1 would load again for each byte.
final class TextCursor {
    private static final byte[] HEX = hexDigits();

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
        byte[] bytes = text;
        int to = end;
        int next = at;
        while (next < to && bytes[next] == ' ') {
            next++;
        }
        at = next;
    }

    /// Passes over a word and the blanks before it.
    void word() {
        blanks();
        byte[] bytes = text;
        int to = end;
        int next = at;
        while (next < to && bytes[next] != ' ') {
            next++;
        }
        sound &= next > at;
        at = next;
    }

    /// A number of at least one decimal digit, behind any blanks.
    long decimal() {
        blanks();
        byte[] bytes = text;
        int to = end;
        int next = at;
        long value = 0;
        while (next < to && bytes[next] >= '0' && bytes[next] <= '9') {
            value = value * 10 + bytes[next++] - '0';
        }
        sound &= next > at;
        at = next;
        return value;
    }

    /// A number of at least one hexadecimal digit.
    ///
    /// @param most of its digits; what comes behind them is left
    long hexadecimal(int most) {
        byte[] bytes = text;
        int to = Math.min(end, at + most);
        int next = at;
        long value = 0;
        while (next < to) {
            int digit = HEX[bytes[next] & 0xff];
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            next++;
        }
        sound &= next > at;
        at = next;
        return value;
    }

    private static byte[] hexDigits() {
        byte[] digits = new byte[256];
        for (int c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }
}
