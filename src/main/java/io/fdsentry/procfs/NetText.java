package io.fdsentry.procfs;

/// Cuts the text of one file of a [NetTable], which comes in pieces, into its lines: a heading, then a socket each.
final class NetText {
    private final NetTable table;
    private final NetLine line;
    private final NetSink sink;
    private boolean headingSeen;
    private int sockets;
    private int odd;

    NetText(NetTable table, NetLine line, NetSink sink) {
        this.table = table;
        this.line = line;
        this.sink = sink;
    }

    /// Takes the lines that are whole, and moves the beginning of the next to the front.
    ///
    /// @param length how much of the text there is
    /// @param longest a line longer than this is odd, and let go
    /// @return length of what is left at the front
    int take(byte[] text, int length, int longest) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (text[at] == '\n') {
                line(text, from, at);
                from = at + 1;
            }
        }
        int left = length - from;
        if (left > longest) {
            odd++;
            return 0;
        }
        System.arraycopy(text, from, text, 0, left);
        return left;
    }

    /// @param left bytes of a last line without an end: it may have been cut in the middle of a number
    NetTables.Read end(int left) {
        return new NetTables.Read(sockets, left > 0 ? odd + 1 : odd);
    }

    private void line(byte[] text, int from, int to) {
        if (!headingSeen) {
            headingSeen = true;
        } else if (line.moveTo(table, text, from, to)) {
            sockets++;
            sink.socket(line);
        } else {
            odd++;
        }
    }
}
