package io.fdsentry.config;

import static io.fdsentry.config.Loading.load;
import static io.fdsentry.config.Loading.problems;
import static io.fdsentry.config.Loading.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config.Aggregate;
import io.fdsentry.config.Config.Detail;
import io.fdsentry.config.Config.Per;
import io.fdsentry.config.Config.Self;
import io.fdsentry.config.Config.Ui;
import io.fdsentry.model.Probe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "{}", "\uFEFF", "targets: []", "sampling: {}\nweb: {}"})
    void anEmptyFileIsAllDefaults(String yaml) {
        assertEquals(Config.DEFAULTS, valid(yaml));
    }

    @Test
    void everyKeyIsRead() {
        Config config = valid("""
                sampling: {interval: 1m30s, budget: 0.5, min_age: 10s}
                detection: {stuck_after: 1m, idle_after: 2m, blocked_after: 3m, page_before: 4h, time_scale: 60}
                peers: {top: 3, resolve: true, aggregate: address}
                metrics: {detail: suspected, per: target, max_series: 500, self: minimal, labels: {cluster: blue}}
                evidence: {directory: /var/lib/e, max_size: 64MiB, max_age: 1w, push_url: "https://e.example:8443/put"}
                state: {directory: /var/lib/s}
                web: {lifecycle: true, ui: "off"}
                """);
        assertEquals(
                new Config(
                        new Config.Sampling(Duration.ofSeconds(90), 0.5, Duration.ofSeconds(10)),
                        List.of(),
                        new DetectionConfig(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(2),
                                Duration.ofMinutes(3),
                                Duration.ofHours(4),
                                60),
                        new Config.Peers(3, true, Aggregate.ADDRESS),
                        new Config.Metrics(Detail.SUSPECTED, Per.TARGET, 500, Self.MINIMAL, Map.of("cluster", "blue")),
                        new Config.Evidence(
                                Path.of("/var/lib/e"),
                                64L << 20,
                                Duration.ofDays(7),
                                URI.create("https://e.example:8443/put")),
                        new Config.State(Path.of("/var/lib/s")),
                        new Config.Web(true, Ui.OFF)),
                config);
    }

    @Test
    void everyKeyOfATargetIsRead() {
        TargetConfig target = valid("""
                targets:
                - name: shop-1.x_Y
                  match:
                    pid: 4194304
                    pid_file: /run/shop.pid
                    listen_port: 65535
                    comm: shop|store
                    exe: /usr/bin/.*
                    cmdline: .*--shop.*
                    cgroup: .*/pod.*
                    container: web
                    pod: shop-.*
                    namespace: prod
                    workload: shop
                  exclude: [{pid: 1}, {comm: sh}]
                  children: true
                  goroutines: {pprof: "http://127.0.0.1:6060/debug/pprof/goroutine"}
                  require: [fds, fd_kinds, limits, sockets, idle, threads, goroutines]
                  labels: {team: shop}
                """).targets().getFirst();
        assertEquals("shop-1.x_Y", target.name());
        assertEquals(
                new Selector(
                        4_194_304,
                        Path.of("/run/shop.pid"),
                        65_535,
                        regex("shop|store"),
                        regex("/usr/bin/.*"),
                        regex(".*--shop.*"),
                        regex(".*/pod.*"),
                        regex("web"),
                        regex("shop-.*"),
                        regex("prod"),
                        regex("shop")),
                target.match());
        assertEquals(
                List.of(1),
                target.exclude().stream().map(Selector::pid).limit(1).toList());
        assertEquals(regex("sh"), target.exclude().get(1).comm());
        assertTrue(target.children());
        assertEquals(
                new GoroutineSource.Pprof(URI.create("http://127.0.0.1:6060/debug/pprof/goroutine")),
                target.goroutines());
        assertEquals(Set.of(Probe.values()), target.require());
        assertEquals(Map.of("team", "shop"), target.labels());
        assertEquals(DetectionConfig.DEFAULTS, target.detection());
    }

    @Test
    void aTargetNeedsOnlyNameAndMatch() {
        TargetConfig target =
                valid("targets: [{name: a, match: {comm: a}}]").targets().getFirst();
        assertEquals(
                new TargetConfig(
                        "a",
                        target.match(),
                        List.of(),
                        false,
                        new GoroutineSource.Native(),
                        Set.of(),
                        Map.of(),
                        DetectionConfig.DEFAULTS),
                target);
    }

    @Test
    void goroutinesComeFromWhereTheTargetSays() {
        assertEquals(new GoroutineSource.Native(), goroutines("native"));
        assertEquals(new GoroutineSource.Auto(), goroutines("auto"));
        assertEquals(new GoroutineSource.Off(), goroutines("off"));
        assertEquals(new GoroutineSource.Off(), goroutines("'off'"));
        assertEquals(
                new GoroutineSource.Metrics(URI.create("http://[::1]:9/metrics")),
                goroutines("{metrics: 'http://[::1]:9/metrics'}"));
    }

    @Test
    void aTargetInheritsTheDetectionKeysItDoesNotOverrideWhereverTheyStand() {
        Config config = valid("""
                targets:
                - {name: a, match: {comm: a}, detection: {idle_after: 1h}}
                detection: {idle_after: 1m, stuck_after: 2m}
                """);
        DetectionConfig detection = config.targets().getFirst().detection();
        assertEquals(Duration.ofHours(1), detection.idleAfter());
        assertEquals(Duration.ofMinutes(2), detection.stuckAfter());
        assertEquals(Duration.ofMinutes(10), detection.blockedAfter());
        assertEquals(Duration.ofMinutes(1), config.detection().idleAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0777", "yes", "2024-01-01", "1:30", "0x1F", "1e3", "true", "-1"})
    void whatYamlWouldTakeForANumberOrADateIsText(String text) {
        Config config = valid(
                "metrics: {labels: {team: " + text + "}}\n" + "targets: [{name: a, match: {comm: " + text + "}}]");
        assertEquals(Map.of("team", text), config.metrics().labels());
        assertEquals(regex(text), config.targets().getFirst().match().comm());
    }

    @Test
    void theSameTextMakesEqualConfigurations() {
        String yaml = "targets: [{name: a, match: {comm: 'a.*'}, labels: {b: c}}]";
        assertEquals(valid(yaml), valid(yaml));
    }

    @Test
    void aDotMatchesLineBreaksInArguments() {
        Selector match = valid("targets: [{name: a, match: {cmdline: 'sh -c .*'}}]")
                .targets()
                .getFirst()
                .match();
        assertTrue(match.cmdline() != null && match.cmdline().matches("sh -c 'one\ntwo'"));
        assertFalse(match.cmdline() != null && match.cmdline().matches("dash -c x"));
    }

    @Test
    void anchorsAndAliasesWork() {
        Config config = valid("""
                targets:
                - {name: a, match: &web {comm: web}, labels: &labels {team: shop}}
                - {name: b, match: {comm: b}, exclude: [*web], labels: *labels}
                """);
        assertEquals(
                List.of(config.targets().get(0).match()),
                config.targets().get(1).exclude());
        assertEquals(Map.of("team", "shop"), config.targets().get(1).labels());
    }

    @Test
    void everythingWrongIsReportedAtOnceInFileOrder() {
        assertEquals("""
                c.yaml:2:3: sampling.intervall: unknown key, did you mean "interval"?
                c.yaml:3:11: sampling.budget: must be above 0 and at most 1, not "2"
                c.yaml:5:3: targets[0]: has no match, which says what processes it is about
                c.yaml:6:9: targets[1].name: another target is named "a", in line 5
                c.yaml:8:11: targets[1].match.comm: "(" is not an RE2 expression: missing closing )
                c.yaml:9:10: peers: must be a mapping, not a single value
                c.yaml:10:1: peers: is given twice, first in line 9
                c.yaml:11:1: webb: unknown key, did you mean "web"?""", problems(load("""
                sampling:
                  intervall: 15s
                  budget: 2
                targets:
                - name: a
                - name: a
                  match:
                    comm: (
                peers:   ten
                peers: {top: 101}
                webb: {}
                """)));
    }

    private static GoroutineSource goroutines(String yaml) {
        return valid("targets: [{name: a, match: {pid: 1}, goroutines: " + yaml + "}]")
                .targets()
                .getFirst()
                .goroutines();
    }

    private static com.google.re2j.Pattern regex(String text) {
        return com.google.re2j.Pattern.compile(text, com.google.re2j.Pattern.DOTALL);
    }
}
