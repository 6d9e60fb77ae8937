package io.fdsentry.golang;

import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read from outside is what the program's own runtime tells: goroutine by goroutine, release by release.
class GoroutineTruthTest {
    @TempDir
    Path directory;

    static List<Arguments> releases() {
        return GoProgram.RELEASES.stream()
                .map(release -> Arguments.of(release, Style.STRIPPED))
                .toList();
    }

    static List<Arguments> styles() {
        return Stream.of(Style.PIE_STRIPPED, Style.CGO_PIE_STRIPPED)
                .map(style -> Arguments.of("1.26", style))
                .toList();
    }

    static List<Arguments> everything() {
        return GoProgram.RELEASES.stream()
                .flatMap(release -> Stream.of(Style.values()).map(style -> Arguments.of(release, style)))
                .toList();
    }

    @Tag("real")
    @ParameterizedTest
    @MethodSource("releases")
    void ofEveryReleaseStripped(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    @Tag("real")
    @ParameterizedTest
    @MethodSource("styles")
    void howeverItWasBuilt(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("everything")
    void ofEveryReleaseHoweverItWasBuilt(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    private void compare(String release, Style style) throws Unreadable {
        GoroutineTruth.check(GoProgram.build(release, "waits", style, directory), release);
    }
}
