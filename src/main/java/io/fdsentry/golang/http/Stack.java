package io.fdsentry.golang.http;

import java.util.ArrayList;
import java.util.List;

/// One goroutine of a dump while it is read.
final class Stack {
    /// Frames that tell one stack from another; Go prints a hundred at most.
    private static final int MOST_FRAMES = 100;

    /// Of the name of a place; more is none.
    private static final int LONGEST_NAME = 300;

    private final String reason;
    private final int minutes;
    private final List<String> lines = new ArrayList<>();
    private String function = "";
    private boolean inCreator;
    private String site = "";
    private String last = "";
    private String creator = "";

    Stack(String reason, int minutes) {
        this.reason = reason;
        this.minutes = minutes;
    }

    String reason() {
        return reason;
    }

    /// How long it waits as Go tells it; 0 below one.
    int minutes() {
        return minutes;
    }

    /// A line below the first one: a function with its arguments, or its place.
    void line(String line) {
        if (lines.size() >= 2 * MOST_FRAMES) {
            return;
        }
        if (line.startsWith("\t")) {
            place(line.substring(1));
        } else if (line.startsWith("created by ")) {
            int parent = line.indexOf(" in goroutine ");
            function = line.substring("created by ".length(), parent < 0 ? line.length() : parent);
            inCreator = true;
            lines.add("created by " + function);
        } else {
            int arguments = line.lastIndexOf('(');
            function = arguments < 0 ? line : line.substring(0, arguments);
            lines.add(arguments < 0 ? line : function + "(...)");
        }
    }

    private void place(String place) {
        int offset = place.lastIndexOf(" +0x");
        String where = offset < 0 ? place : place.substring(0, offset);
        lines.add("\t" + where);
        String named = cut(function + " " + where.substring(where.lastIndexOf('/') + 1));
        if (inCreator) {
            creator = named;
        } else {
            last = named;
            if (site.isEmpty() && !StandardLibrary.has(function)) {
                site = named;
            }
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /// The first function outside the standard library, with file and line; the outermost where there is none.
    String site() {
        return site.isEmpty() ? last : site;
    }

    String creator() {
        return creator;
    }

    /// The stack without what differs from one goroutine to the next: arguments and offsets.
    List<String> lines() {
        return lines;
    }
}
