package io.fdsentry.golang;

/// Holds the runtime's count against those who are there. While a program works both change as they are looked
/// at; in one that rests they are about equal. Where they are not, again and again, a structure is not what its
/// release has, and no number of it can be trusted.
///
/// A program that gets no processor looks as if it rested, in the middle of its work: each of its processors may then
/// have one batch of goroutines in hand that are in no list.
final class Agreement {
    private static final int MOST = 3;
    /// What a processor keeps of free goroutines before it gives a batch back (`gfput` of `runtime/proc.go`).
    private static final int IN_HAND = 64;

    private int lastCount;
    private int lastThere;
    private int disagreements;

    /// @param before as the runtime counted before a walk, and after it
    /// @param there whom the walk met
    /// @param processors as many as run goroutines
    void compare(int before, int there, int after, long processors) {
        boolean rests = before == after && before == lastCount && there == lastThere;
        boolean agree = Math.abs(before - there) <= IN_HAND * processors;
        disagreements = agree || !rests ? 0 : disagreements + 1;
        lastCount = after;
        lastThere = there;
    }

    /// @throws Unreadable where they do not agree
    void check() throws Unreadable {
        if (disagreements >= MOST) {
            throw Unreadable.failed("the runtime counts " + lastCount + " goroutines, but " + lastThere + " are there");
        }
    }
}
