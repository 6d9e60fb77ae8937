package io.fdsentry.golang;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Stacks of goroutines in a form in which what the Go runtime tells of itself (`debug=2`) and what was read from
/// outside can be compared.
record DebugStacks(Map<Long, Stack> byGoid) {
    /// @param state such as `chan receive`
    /// @param frames innermost first, such as `main.main /src/main.go:3`, without those of the runtime
    /// @param createdBy likewise, empty where there is none
    record Stack(String state, List<String> frames, String createdBy) {}

    private static final Pattern HEAD =
            Pattern.compile("goroutine (\\d+)(?: gp=\\S+ m=\\S+(?: mp=\\S+)?)? \\[([^\\],]+).*");

    /// What the runtime wrote, line by line.
    static DebugStacks told(List<String> lines) {
        Map<Long, Stack> stacks = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher head = HEAD.matcher(lines.get(i));
            if (head.matches()) {
                List<String> body = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.isEmpty())
                        .toList();
                stacks.put(Long.valueOf(head.group(1)), stack(head.group(2), body));
            }
        }
        return new DebugStacks(stacks);
    }

    private static Stack stack(String state, List<String> lines) {
        List<String> frames = new ArrayList<>();
        String createdBy = "";
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String place = lines.get(i + 1).strip().replaceFirst(" \\+0x.*", "");
            String line = lines.get(i);
            if (line.startsWith("created by ")) {
                createdBy = line.replace("created by ", "").replaceFirst(" in goroutine \\d+", "") + " " + place;
            } else {
                frames.add(line.substring(0, line.lastIndexOf('(')) + " " + place);
            }
        }
        return new Stack(state, shown(frames.stream()), createdBy);
    }

    /// What was read from outside.
    static DebugStacks read(GoProcess process) throws Unreadable {
        Places places = new Places(process.library());
        Stacks stacks = new Stacks(process, places, new Slots());
        Map<Long, Stack> found = new TreeMap<>();
        for (Stacks.Group group : stacks.read()) {
            List<String> frames = new ArrayList<>();
            for (long pc : group.pcs()) {
                stacks.frames(pc).forEach(frame -> frames.add(text(frame)));
            }
            List<FunctionTable.Frame> creation = group.gopc == 0 ? List.of() : stacks.frames(group.gopc);
            String createdBy = creation.isEmpty() ? "" : text(creation.getFirst());
            group.goids.forEach(goid -> found.put(goid, new Stack(group.state, shown(frames.stream()), createdBy)));
        }
        return new DebugStacks(found);
    }

    private static String text(FunctionTable.Frame frame) {
        return Places.shown(frame.function()) + " " + frame.file() + ":" + frame.line();
    }

    private static List<String> shown(Stream<String> frames) {
        return frames.filter(frame -> !frame.startsWith("runtime.")).toList();
    }
}
