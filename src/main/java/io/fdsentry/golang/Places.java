package io.fdsentry.golang;

import io.fdsentry.procfs.ProcText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What addresses in the code of one program mean, and which places its goroutines wait at; both are looked up
/// once and then are numbers.
final class Places {
    /// A place to wait at.
    ///
    /// @param site first function outside the standard library
    /// @param createdBy the `go` statement of the goroutine, empty where unknown
    record Place(String site, String createdBy, String reason) {}

    /// What an address in the code stands for.
    ///
    /// @param frames innermost first, without what the compiler made
    /// @param user first of them outside the standard library, as a number of a text; 0 where there is none
    /// @param outer the last of them, likewise
    /// @param isEnd whether nothing is below it
    record Spot(List<FunctionTable.Frame> frames, int user, int outer, boolean isEnd) {}

    /// Nothing is known of the place yet.
    static final int UNKNOWN = 0;
    /// Nobody counts these: the runtime's own goroutines, and sleepers, who wake by themselves.
    static final int IGNORED = 1;

    /// Packages of the standard library, up to the first slash.
    private static final Set<String> STANDARD = Set.of("""
            archive arena bufio bytes cmp compress container context crypto database debug embed encoding \
            errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path \
            plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time \
            unicode unique unsafe vendor weak simd""".split(" "));

    private static final Set<String> USERS_THOUGH_OF_RUNTIME =
            Set.of("runtime.main", "runtime.corostart", "runtime.handleAsyncEvent");
    private static final int MOST = 1 << 16;
    private static final int MOST_SPOTS = 1 << 18;
    private static final Spot NOTHING = new Spot(List.of(), 0, 0, true);

    private final String library;
    private final List<Spot> spots = new ArrayList<>();
    private final LongIntMap spotOfPc = new LongIntMap();
    private final LongIntMap systemByStart = new LongIntMap();
    private final List<String> texts = new ArrayList<>(List.of(""));
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final LongIntMap placeOfKey = new LongIntMap();
    private final LongIntMap placeOfStack = new LongIntMap();

    /// @param library where the source of the standard library was when the program was built, with a slash;
    ///     empty where it does not tell
    Places(String library) {
        this.library = library;
        places.add(new Place("", "", ""));
        places.add(new Place("", "", ""));
    }

    Place get(int place) {
        return places.get(place);
    }

    /// One more than the highest number of a place.
    int size() {
        return places.size();
    }

    /// What an address in the code stands for; nothing where it is none of Go's.
    Spot spot(long pc, FunctionTable functions) {
        int known = spotOfPc.get(pc);
        if (known != LongIntMap.ABSENT) {
            return spots.get(known);
        }
        if (spots.size() >= MOST_SPOTS) {
            return NOTHING;
        }
        Spot spot = lookUp(pc, functions);
        spotOfPc.put(pc, spots.size());
        spots.add(spot);
        return spot;
    }

    private Spot lookUp(long pc, FunctionTable functions) {
        List<FunctionTable.Frame> frames;
        try {
            frames = functions.frames(pc);
        } catch (Unreadable _) {
            return NOTHING;
        }
        boolean isEnd = frames.getLast().function().equals("runtime.goexit");
        List<FunctionTable.Frame> shown =
                frames.stream().filter(FunctionTable.Frame::isShown).toList();
        if (isEnd || shown.isEmpty()) {
            return new Spot(isEnd ? List.of() : shown, 0, 0, isEnd);
        }
        int user = shown.stream()
                .filter(frame -> !isStandard(frame))
                .findFirst()
                .map(frame -> number(text(frame)))
                .orElse(0);
        return new Spot(shown, user, number(text(shown.getLast())), false);
    }

    /// Whether a function is the runtime's own as a goroutine.
    boolean isSystem(long startPc, FunctionTable functions) {
        int known = systemByStart.get(startPc);
        if (known == LongIntMap.ABSENT) {
            known = startsSystem(startPc, functions) ? 1 : 0;
            systemByStart.put(startPc, known);
        }
        return known == 1;
    }

    private static boolean startsSystem(long startPc, FunctionTable functions) {
        try {
            String name = functions.name(functions.find(startPc));
            return name.startsWith("runtime.") && !USERS_THOUGH_OF_RUNTIME.contains(name);
        } catch (Unreadable _) {
            return false;
        }
    }

    /// The number of a place.
    ///
    /// @param pcs the stack, innermost first
    /// @param count of them
    /// @param reason a number for the text of the reason
    int place(long[] pcs, int count, long gopc, int reason, String text, FunctionTable functions) {
        long stack = hash(pcs, count, 31 * gopc + reason);
        int known = placeOfStack.get(stack);
        if (known == LongIntMap.ABSENT) {
            known = lookUp(pcs, count, gopc, reason, text, functions);
            if (placeOfStack.size() < MOST_SPOTS) {
                placeOfStack.put(stack, known);
            }
        }
        return known;
    }

    /// Most goroutines stand exactly where another one does.
    private static long hash(long[] pcs, int count, long start) {
        long hash = start;
        for (int i = 0; i < count; i++) {
            hash = (hash ^ pcs[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private int lookUp(long[] pcs, int count, long gopc, int reason, String text, FunctionTable functions) {
        int site = site(pcs, count, functions);
        Spot creation = gopc == 0 ? NOTHING : spot(gopc, functions);
        int createdBy =
                creation.frames().isEmpty() ? 0 : number(text(creation.frames().getFirst()));
        long key = (long) site << 36 | (long) createdBy << 12 | reason;
        int known = placeOfKey.get(key);
        if (known != LongIntMap.ABSENT) {
            return known;
        }
        boolean full = places.size() >= MOST;
        Place place = full
                ? new Place("other", "", text)
                : new Place(site == 0 ? "unknown" : texts.get(site), texts.get(createdBy), text);
        if (full && places.getLast().site().equals("other")) {
            return places.size() - 1;
        }
        placeOfKey.put(key, places.size());
        places.add(place);
        return places.size() - 1;
    }

    /// The first function outside the standard library; where there is none the outermost.
    private int site(long[] pcs, int count, FunctionTable functions) {
        int outer = 0;
        for (int i = 0; i < count; i++) {
            Spot spot = spot(pcs[i], functions);
            if (spot.user() != 0) {
                return spot.user();
            }
            if (spot.isEnd()) {
                break;
            }
            outer = spot.outer() == 0 ? outer : spot.outer();
        }
        return outer;
    }

    private int number(String text) {
        return numbers.computeIfAbsent(text, added -> {
            texts.add(added);
            return texts.size() - 1;
        });
    }

    /// Such as `main.(*Server).serve server.go:31`.
    private static String text(FunctionTable.Frame frame) {
        String file = frame.file().substring(frame.file().lastIndexOf('/') + 1);
        return ProcText.printable(shown(frame.function()) + " " + file + ":" + frame.line());
    }

    /// The name as Go shows it: without what generic functions were made for.
    static String shown(String function) {
        int open = function.indexOf('[');
        int close = function.lastIndexOf(']');
        return open < 0 || close < open
                ? function
                : function.substring(0, open) + "[...]" + function.substring(close + 1);
    }

    private boolean isStandard(FunctionTable.Frame frame) {
        String name = shown(frame.function());
        int end = name.indexOf('/');
        int dot = name.indexOf('.');
        String first = end < 0 || dot >= 0 && dot < end ? name.substring(0, Math.max(dot, 0)) : name.substring(0, end);
        boolean looks = STANDARD.contains(first) || name.startsWith("type:") || name.startsWith("go:");
        return looks
                && (library.isEmpty()
                        || frame.file().startsWith(library)
                        || frame.file().equals("?"));
    }

    /// About what it keeps.
    long heapBytes() {
        return spotOfPc.heapBytes()
                + placeOfKey.heapBytes()
                + placeOfStack.heapBytes()
                + systemByStart.heapBytes()
                + 160L * spots.size()
                + 120L * texts.size();
    }
}
