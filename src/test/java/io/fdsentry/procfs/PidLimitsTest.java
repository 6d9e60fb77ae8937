package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdsentry.procfs.PidLimits.Limit;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "1024, 20000",
        "unlimited, unlimited",
        "65535, unlimited",
        "9223372036854775807, 9223372036854775807",
        "0, 0",
    })
    void readsSoftAndHard(String soft, String hard) {
        PidLimits limits = parse("Max processes             5                    unlimited            processes \n"
                + "Max open files            %-20s %-20s files     \n".formatted(soft, hard));

        assertEquals(new Limit(number(soft), number(hard)), limits.openFiles());
        assertEquals(new Limit(5L, null), limits.processes());
    }

    @Test
    void doesNotTakeAnotherLimitForTheOneAskedFor() {
        assertThrows(IllegalArgumentException.class, () -> parse("Max open sockets   1   2   files\n"));
    }

    @Test
    void readsThisProcessFromTheRealThing() {
        PidLimits limits = Seen.of(PidLimits.read(
                new ProcFs(Path.of("/proc")), (int) ProcessHandle.current().pid()));

        Long soft = limits.openFiles().soft();
        assertEquals(true, soft == null || soft > 0);
    }

    private static @Nullable Long number(String word) {
        return word.equals("unlimited") ? null : Long.valueOf(word);
    }

    private static PidLimits parse(String text) {
        return PidLimits.parse(text.getBytes(UTF_8));
    }
}
