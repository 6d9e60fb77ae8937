package io.fdsentry.golang.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountProfileTest {
    private static final String PROFILE = """
            goroutine profile: total 7
            5 @ 0x43b0ee 0x44b5ce 0x4a2b2a 0x471b21
            # labels: {"request":"1"}
            #	0x4a2b29	main.worker+0x29	/src/main.go:12

            2 @ 0x43b0ee
            #	0x43b0ed	main.main+0x9	/src/main.go:30
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void theTotalIsTold(int pieces) {
        CountProfile profile = Texts.read(new CountProfile.Reader(10_000), PROFILE, pieces);

        assertEquals(7, profile.total());
        assertEquals(PROFILE, profile.text());
    }

    @Test
    void noMoreTextIsKeptThanIsWanted() {
        assertEquals("", Texts.read(new CountProfile.Reader(0), PROFILE).text());
        assertEquals(
                "goroutine profile: total 7\n[cut here]\n",
                Texts.read(new CountProfile.Reader(40), PROFILE).text());
    }

    @Test
    void aLeakProfileIsReadLikewise() {
        assertEquals(
                0,
                Texts.read(new CountProfile.Reader(0), "goroutineleak profile: total 0\n")
                        .total());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "goroutine profile: total 7\n",
                "goroutine profile: total 7\n6 @ 0x1\n",
                "goroutine profile: total 99999999999\n",
                "goroutine profile: total 1\n99999999999 @ 0x1\n",
                "goroutine profile: total 1\n1 @ 0x1\nand more\n",
                "\u001f\u008b\u0008binary"
            })
    void whatIsNoneOrDoesNotAddUpIsRefused(String text) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> Texts.read(new CountProfile.Reader(1000), text));

        assertTrue(refused.toString().length() < 150);
    }

    @Test
    void aProfileThatWasCutIsRefused() {
        CountProfile.Reader reader = new CountProfile.Reader(0);
        reader.line("goroutine profile: total 0");

        assertThrows(IllegalArgumentException.class, () -> reader.end(false));
    }
}
