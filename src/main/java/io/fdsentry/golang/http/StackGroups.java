package io.fdsentry.golang.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stacks of a dump, equal ones once.
final class StackGroups {
    /// Different stacks that are told apart.
    private static final int MOST_GROUPS = 2_000;
    /// Characters of them that are kept.
    private static final int MOST_CHARS = 4 << 20;

    private final int most;
    private final Map<Key, Group> byStack = new HashMap<>();
    private int chars;
    private int others;

    /// Stacks are kept for what they say: a hash could be made to collide.
    private record Key(String reason, List<String> lines) {}

    private static final class Group {
        int count;
        int leastMinutes = Integer.MAX_VALUE;
        int mostMinutes;
    }

    /// @param most characters of the text
    StackGroups(int most) {
        this.most = most;
    }

    void add(Stack stack) {
        Key key = new Key(stack.reason(), stack.lines());
        Group group = byStack.get(key);
        if (group == null) {
            chars += stack.lines().stream().mapToInt(String::length).sum();
            if (byStack.size() == MOST_GROUPS || chars > MOST_CHARS) {
                others++;
                return;
            }
            group = new Group();
            byStack.put(new Key(key.reason(), List.copyOf(key.lines())), group);
        }
        group.count++;
        group.leastMinutes = Math.min(group.leastMinutes, stack.minutes());
        group.mostMinutes = Math.max(group.mostMinutes, stack.minutes());
    }

    /// @param whole whether no goroutine is missing
    String text(int total, boolean whole) {
        Excerpt text = new Excerpt(most);
        text.add("goroutine profile: total " + total + (whole ? "" : " or more, the rest was cut"));
        List<Map.Entry<Key, Group>> groups = new ArrayList<>(byStack.entrySet());
        groups.sort((a, b) -> Integer.compare(b.getValue().count, a.getValue().count));
        for (Map.Entry<Key, Group> group : groups) {
            text.add("");
            text.add(header(group.getKey(), group.getValue()));
            group.getKey().lines().forEach(text::add);
        }
        if (others > 0) {
            text.add("");
            text.add(others + " goroutines with other stacks");
        }
        return text.toString();
    }

    private static String header(Key key, Group group) {
        String waits = group.mostMinutes == 0
                ? ""
                : group.leastMinutes == group.mostMinutes
                        ? ", " + group.mostMinutes + " minutes"
                        : ", " + group.leastMinutes + " to " + group.mostMinutes + " minutes";
        return group.count + (group.count == 1 ? " goroutine" : " goroutines") + " [" + key.reason() + waits + "]:";
    }
}
