package io.fdsentry.lives;

import io.fdsentry.testing.WatchedLife;
import org.junit.jupiter.api.Tag;

/// The same incidents under the limit of 2^20 that many systems give to every program, also on machines that do
/// not: only what the detector is told of the limit is made up.
@Tag("full")
class VastLimitIncidentsTest extends IncidentsTest {
    @Override
    WatchedLife watching(Program program) {
        return super.watching(program).limitedTo(1L << 20);
    }
}
