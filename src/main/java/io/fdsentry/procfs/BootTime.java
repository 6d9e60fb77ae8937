package io.fdsentry.procfs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// When the machine was started by today's setting of the clock, as exactly as can be told, so that the start of a
/// process, which the kernel counts from there, can be written as a time of day.
///
/// `btime` ([SystemStat]) lacks up to a second. The clock less [Uptime] is good to a hundredth, but where something
/// (lxcfs) shows a container's uptime instead of the machine's it is wrong by months. So the second is that of
/// `btime`, and the fraction comes from the uptime where the two agree.
///
/// Setting the clock moves it. Whoever wants the start of a process to stay the same computes it once.
public final class BootTime {
    private static final Duration AGREEMENT = Duration.ofSeconds(1);
    private static final long MILLIS_PER_TICK = 10;

    private BootTime() {}

    /// Where procfs shows neither (`subset=pid`) the clock less the monotonic clock must do: on Linux that one
    /// counts from boot, without the time the machine slept.
    public static Instant read(ProcFs procfs, InstantSource clock) {
        Instant now = clock.instant();
        SystemStat stat = SystemStat.read(procfs).orNull();
        return stat == null
                ? now.minusNanos(System.nanoTime())
                : of(stat.bootTime(), now, Uptime.read(procfs).orNull());
    }

    /// When a process started.
    ///
    /// @param startTicks as in [PidStat]
    public static Instant plus(Instant bootTime, long startTicks) {
        return bootTime.plusMillis(startTicks * MILLIS_PER_TICK);
    }

    static Instant of(Instant btime, Instant now, @Nullable Duration uptime) {
        if (uptime == null) {
            return btime;
        }
        Instant exact = Instant.ofEpochMilli(now.minus(uptime).toEpochMilli());
        Instant last = btime.plus(AGREEMENT).minusMillis(MILLIS_PER_TICK);
        if (Duration.between(btime, exact).abs().compareTo(AGREEMENT.multipliedBy(2)) > 0) {
            return btime;
        }
        return exact.isBefore(btime) ? btime : exact.isAfter(last) ? last : exact;
    }
}
