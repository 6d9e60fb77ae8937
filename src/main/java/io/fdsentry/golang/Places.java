package io.fdsentry.golang;

import io.fdsentry.procfs.ProcText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What addresses in the code of one program mean, and which places its goroutines wait at; both are looked up
/// once and then are numbers. What is kept of either is bounded, whatever the program has.
final class Places {
    /// A place to wait at.
    ///
    /// @param site first function outside the standard library
    /// @param createdBy the `go` statement of the goroutine, empty where unknown
    record Place(String site, String createdBy, String reason) {}

    /// What an address in the code stands for, as far as a place is named by it.
    ///
    /// @param user first of its functions outside the standard library; empty where there is none
    /// @param inner the innermost of them, likewise
    /// @param outer the last of them, likewise
    /// @param isEnd whether nothing is below it
    private record Spot(String user, String inner, String outer, boolean isEnd) {
        /// About what it keeps.
        int bytes() {
            return 160 + user.length() + (inner.equals(user) ? 0 : inner.length()) + outer.length();
        }
    }

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
    /// Far more than a program has; a hostile one could have as many as it has addresses.
    private static final int MOST = 1 << 13;

    private static final int MOST_STACKS = 1 << 15;
    private static final int MOST_STARTS = 1 << 13;
    private static final int MOST_SPOT_BYTES = 4 << 20;
    private static final int LONGEST_TEXT = 400;
    private static final Spot NOTHING = new Spot("", "", "", true);

    private final String library;
    private final List<Spot> spots = new ArrayList<>();
    private final LongIntMap spotOfPc = new LongIntMap();
    private int spotBytes;
    private final LongIntMap systemByStart = new LongIntMap();
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
    private Spot spot(long pc, FunctionTable functions) {
        int known = spotOfPc.get(pc);
        if (known != LongIntMap.ABSENT) {
            return spots.get(known);
        }
        Spot spot = lookUp(pc, functions);
        if (spot != NOTHING) {
            remember(pc, spot);
        }
        return spot;
    }

    /// Where there are too many, all are forgotten: they can be looked up again.
    private void remember(long pc, Spot spot) {
        if (spotBytes > MOST_SPOT_BYTES) {
            spots.clear();
            spotOfPc.clear();
            spotBytes = 0;
        }
        spotBytes += spot.bytes();
        spotOfPc.put(pc, spots.size());
        spots.add(spot);
    }

    private Spot lookUp(long pc, FunctionTable functions) {
        List<FunctionTable.Frame> frames;
        try {
            frames = functions.frames(pc);
        } catch (Unreadable _) {
            return NOTHING;
        }
        boolean isEnd = isEnd(frames);
        List<FunctionTable.Frame> shown = shown(frames);
        if (isEnd || shown.isEmpty()) {
            return new Spot("", "", "", isEnd);
        }
        String user = shown.stream()
                .filter(frame -> !isStandard(frame))
                .findFirst()
                .map(Places::text)
                .orElse("");
        return new Spot(user, text(shown.getFirst()), text(shown.getLast()), false);
    }

    private static boolean isEnd(List<FunctionTable.Frame> frames) {
        return frames.getLast().function().equals("runtime.goexit");
    }

    /// Those that Go shows: neither what the compiler made nor the end of the stack.
    static List<FunctionTable.Frame> shown(List<FunctionTable.Frame> frames) {
        return isEnd(frames)
                ? List.of()
                : frames.stream().filter(FunctionTable.Frame::isShown).toList();
    }

    /// Whether a function is the runtime's own as a goroutine.
    boolean isSystem(long startPc, FunctionTable functions) {
        int known = systemByStart.get(startPc);
        if (known == LongIntMap.ABSENT) {
            known = startsSystem(startPc, functions) ? 1 : 0;
            if (systemByStart.size() < MOST_STARTS) {
                systemByStart.put(startPc, known);
            }
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
            if (placeOfStack.size() < MOST_STACKS) {
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
        String site = site(pcs, count, functions);
        String createdBy = gopc == 0 ? "" : spot(gopc, functions).inner();
        boolean full = places.size() >= MOST;
        int siteNumber = full ? numbers.getOrDefault(site, 0) : number(site);
        int creatorNumber = full ? numbers.getOrDefault(createdBy, 0) : number(createdBy);
        long key = (long) siteNumber << 36 | (long) creatorNumber << 12 | reason;
        int known = placeOfKey.get(key);
        if (known != LongIntMap.ABSENT) {
            return known;
        }
        Place place =
                full ? new Place("other", "", text) : new Place(site.isEmpty() ? "unknown" : site, createdBy, text);
        return full ? other(place) : add(key, place);
    }

    private int add(long key, Place place) {
        placeOfKey.put(key, places.size());
        places.add(place);
        return places.size() - 1;
    }

    /// One for each reason; there are some forty of those.
    private int other(Place place) {
        int known = places.subList(MOST, places.size()).indexOf(place);
        if (known >= 0) {
            return MOST + known;
        }
        places.add(place);
        return places.size() - 1;
    }

    /// The first function outside the standard library; where there is none the outermost.
    private String site(long[] pcs, int count, FunctionTable functions) {
        String outer = "";
        for (int i = 0; i < count; i++) {
            Spot spot = spot(pcs[i], functions);
            if (!spot.user().isEmpty()) {
                return spot.user();
            }
            if (spot.isEnd()) {
                break;
            }
            outer = spot.outer().isEmpty() ? outer : spot.outer();
        }
        return outer;
    }

    private int number(String text) {
        return numbers.computeIfAbsent(text, _ -> numbers.size() + 1);
    }

    /// Such as `main.(*Server).serve server.go:31`.
    private static String text(FunctionTable.Frame frame) {
        String file = frame.file().substring(frame.file().lastIndexOf('/') + 1);
        String text = ProcText.printable(shown(frame.function()) + " " + file + ":" + frame.line());
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
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
                + spotBytes
                + 200L * places.size();
    }
}
