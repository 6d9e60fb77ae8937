package io.fdsentry;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the one-way rule: data flows config -> target -> sample -> Snapshot -> detect -> Board -> metrics, web,
/// evidence.
class HouseTest {
    private static final String ROOT = "io.fdsentry";

    /// Which rooms each room may know, besides `model`. The root and `cli` do the wiring and may know all.
    private static final Map<String, Set<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("libc", Set.of()),
            Map.entry("logfmt", Set.of()),
            Map.entry("procfs", Set.of("libc")),
            Map.entry("netlink", Set.of("libc")),
            Map.entry("golang", Set.of("libc", "procfs")),
            Map.entry("golang.http", Set.of()),
            Map.entry("target", Set.of("config", "procfs")),
            Map.entry("sample", Set.of("config", "target", "procfs", "netlink", "golang", "libc")),
            Map.entry("sample.runtime", Set.of("config", "target", "procfs", "golang")),
            Map.entry("detect", Set.of("config")),
            Map.entry("detect.diagnosis", Set.of()),
            Map.entry("detect.trend", Set.of()),
            Map.entry("detect.replay", Set.of("config", "detect.trend")),
            Map.entry("json", Set.of()),
            Map.entry("evidence", Set.of("json", "config", "logfmt")),
            Map.entry("metrics", Set.of("config")),
            Map.entry("web", Set.of("json", "config", "web.history")),
            Map.entry("web.history", Set.of())));

    /// Which room alone may know a library.
    private static final Map<String, Set<String>> LIBRARIES = new TreeMap<>(Map.of(
            "org.yaml..", Set.of("config"),
            "java.lang.foreign..", Set.of("libc"),
            "com.google.gson..", Set.of("json"),
            "io.prometheus..", Set.of("metrics"),
            "com.sun.net.httpserver..", Set.of("web"),
            "picocli..", Set.of("cli"),
            "at.favre..", Set.of("web"),
            "org.slf4j.simple..", Set.of("logfmt"),
            "java.net.http..", Set.of("golang", "evidence", "cli")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> aRoomKnowsOnlyTheRoomsBeforeIt() {
        return ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    String[] allowed = Stream.concat(Stream.of(room.getKey(), "model"), room.getValue().stream())
                            .map(HouseTest::room)
                            .toArray(String[]::new);
                    classes()
                            .that(resideInAnyPackage(room(room.getKey())))
                            .should()
                            .onlyDependOnClassesThat(
                                    resideInAnyPackage(allowed).or(resideOutsideOfPackages(ROOT + "..")))
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsKnownInItsRoomOnly() {
        return LIBRARIES.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(library.getKey(), () -> {
                    String[] homes =
                            library.getValue().stream().map(HouseTest::room).toArray(String[]::new);
                    noClasses()
                            .that(resideOutsideOfPackages(homes).and(resideInAnyPackage(ROOT + ".*..")))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(library.getKey()))
                            .check(CLASSES);
                }));
    }

    @Test
    void onlyTheDemoStartsProcesses() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".cli.demo"))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CLASSES);
    }

    @Test
    void onlyMainExits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void everyRoomIsListedAndNullMarked() throws ClassNotFoundException {
        Set<String> rooms = new TreeSet<>();
        for (var javaClass : CLASSES) {
            rooms.add(javaClass.getPackageName());
        }
        for (String name : rooms) {
            Package room = Class.forName(name + ".package-info").getPackage();
            assertTrue(
                    Arrays.stream(room.getAnnotations())
                            .anyMatch(a -> a.annotationType().equals(NullMarked.class)),
                    name + " is not @NullMarked");
        }
        rooms.removeIf(name -> name.equals(ROOT) || name.startsWith(ROOT + ".cli"));
        assertEquals(
                Set.of(),
                rooms.stream()
                        .filter(name -> !ROOMS.containsKey(name.substring(ROOT.length() + 1)))
                        .collect(Collectors.toSet()),
                "rooms without a rule");
    }

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }
}
