package io.fdsentry.target;

import java.util.Arrays;
import java.util.List;

/// The processes of one round.
final class Census {
    private final List<Known> live;
    private final List<Integer> hidden;
    private final int[] listed;
    private final boolean concealed;

    /// @param live those with a program, ordered by identity
    /// @param hidden numbers of those that are listed and of which nothing may be read
    /// @param listed numbers of all, sorted
    /// @param concealed whether there may be others that are not even listed
    Census(List<Known> live, List<Integer> hidden, int[] listed, boolean concealed) {
        this.live = List.copyOf(live);
        this.hidden = List.copyOf(hidden);
        this.listed = listed.clone();
        this.concealed = concealed;
    }

    List<Known> live() {
        return live;
    }

    List<Integer> hidden() {
        return hidden;
    }

    boolean lists(int pid) {
        return Arrays.binarySearch(listed, pid) >= 0;
    }

    boolean isConcealed() {
        return concealed;
    }
}
