package io.fdsentry.sample;

import java.util.function.LongSupplier;

/// Keeps the sampler within its share of one core on average. Time not used is saved, for up to [#SAVED] rounds; time
/// beyond what was saved is a debt, and while there is one, only what costs nothing is done. So that everything has
/// its turn also where the counts alone take the share, nothing is refused once [#PATIENCE] rounds were not whole.
final class Budget {
    private static final int SAVED = 4;
    private static final int PATIENCE = 10;

    private final LongSupplier cpu;
    private long credit = Long.MAX_VALUE;
    private long lastBegin;
    private long cpuAtBegin;
    private long promised;
    private long most;
    private int refusedRounds;
    private boolean refused;

    /// @param cpu processor time of the sampler, in nanoseconds
    Budget(LongSupplier cpu) {
        this.cpu = cpu;
    }

    /// Begins a round. The first may take what it needs.
    ///
    /// @param now monotonic clock, in nanoseconds
    /// @param interval between rounds, in nanoseconds
    /// @param share of one core
    void begin(long now, long interval, double share) {
        most = Math.round(SAVED * share * interval);
        if (credit != Long.MAX_VALUE) {
            credit = Math.min(most, credit + Math.round(share * (now - lastBegin)));
        }
        lastBegin = now;
        cpuAtBegin = cpu.getAsLong();
        promised = 0;
        refused = false;
    }

    /// Asks for time, and notes it if there is some. What takes more than can be saved is done when all of it is.
    ///
    /// @param nanos what it will take, as far as can be told
    boolean take(long nanos) {
        boolean enough = nanos == 0
                || refusedRounds >= PATIENCE
                || nanos <= credit - promised
                || promised == 0 && credit >= most;
        promised += enough ? nanos : 0;
        refused |= !enough;
        return enough;
    }

    /// Ends a round.
    void end() {
        credit = Math.min(most, credit) - (cpu.getAsLong() - cpuAtBegin);
        refusedRounds = refused ? refusedRounds + 1 : 0;
    }
}
