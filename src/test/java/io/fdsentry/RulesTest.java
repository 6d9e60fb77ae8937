package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The shipped rules and runbooks, held against what fdsentry exports and against the programs that read them.
class RulesTest {
    private static final Path DEPLOY = Path.of("deploy/prometheus");
    private static final Path RUNBOOKS = Path.of("docs/runbooks");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"rules,promtool", "tests,promtool", "vmalert,vmalert", "alertmanager,amtool"})
    @Tag("real")
    void readersOfRulesAgree(String part, String program) throws Exception {
        Needs.program(program);
        succeeds(DEPLOY.resolve("check.sh").toString(), part);
    }

    /// Each of another pod, half of them of the next rollout, with other pids and peers.
    @Test
    @Tag("real")
    void threeHundredLeakingReplicasAreOneAlert() throws Exception {
        Path promtool = Needs.program("promtool");
        String replicas = IntStream.range(0, 300).mapToObj(RulesTest::leaking).collect(Collectors.joining());
        Path test = Files.writeString(folder.resolve("replicas.yml"), """
                rule_files: ['%s']
                evaluation_interval: 1m
                group_eval_order: [fdsentry-thresholds, fdsentry-leaks, fdsentry-signs, fdsentry-health]
                tests:
                  - interval: 1m
                    input_series:
                %s
                    promql_expr_test:
                      - expr: ALERTS{alertname="FdsentryLeakUrgent",alertstate="firing"}
                        eval_time: 5m
                        exp_samples:
                          - {labels: 'ALERTS{alertname="FdsentryLeakUrgent",alertstate="firing",severity="critical",\
                namespace="shop",workload="checkout",target="checkout",team="unowned",resource="fds"}', value: 1}
                      - expr: fdsentry:leak:replicas
                        eval_time: 5m
                        exp_samples:
                          - {labels: 'fdsentry:leak:replicas{namespace="shop",workload="checkout",target="checkout",\
                team="unowned",resource="fds"}', value: 300}
                """.formatted(
                        DEPLOY.resolve("fdsentry.rules.yml").toAbsolutePath(), replicas));
        succeeds(promtool.toString(), "test", "rules", test.toString());
    }

    private static String leaking(int replica) {
        String letters = "bcdfghjklm";
        String pod = "checkout-%s-%c%c%cx4"
                .formatted(
                        replica < 150 ? "7d9c5b6f8" : "5c6f7d8b9",
                        letters.charAt(replica / 100),
                        letters.charAt(replica / 10 % 10),
                        letters.charAt(replica % 10));
        String process = "namespace=\"shop\",pod=\"%s\",instance=\"10.0.%d.7:10177\",target=\"checkout\",pid=\"%d\""
                .formatted(pod, replica, 7 + replica % 3);
        return """
                      - {series: 'fdsentry_process_leak_state{%1$s,resource="sockets"}', values: '3x10'}
                      - {series: 'fdsentry_finding_info{%1$s,resource="sockets",cause="half_open_peers",role="holder",peer="10.9.0.%2$d:80"}', values: '1x10'}
                """.formatted(process, replica % 200);
    }

    private static void succeeds(String... command) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), said);
    }

    @Test
    void rulesUseOnlyMetricsThatAreExported() throws IOException {
        Set<String> exported = found("(?m)^# TYPE (\\S+)", Path.of("src/test/resources/golden.txt"));
        Set<String> used = found("\\b(fdsentry_[a-z_]+)", rules());
        used.removeIf(name -> exported.contains(name) || name.equals("fdsentry_process_"));
        assertEquals(Set.of(), used);
    }

    @Test
    void everyAlertAndEveryCauseHasItsRunbook() throws IOException {
        Set<String> pages = found("- alert: (\\S+)", rules());
        assertTrue(pages.size() >= 17, pages::toString);
        Arrays.stream(Cause.values()).map(Cause::label).forEach(pages::add);
        pages.removeIf(page -> Files.isRegularFile(RUNBOOKS.resolve(page + ".md")));
        assertEquals(Set.of(), pages);
    }

    @Test
    void everyCauseHasItsSentence() throws IOException {
        String text = text(DEPLOY.resolve("fdsentry.rules.yml"));
        Set<String> causes = Arrays.stream(Cause.values())
                .filter(cause -> cause != Cause.UNKNOWN)
                .map(Cause::label)
                .filter(cause -> !text.contains("if eq $cause \"" + cause + "\""))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), causes);
    }

    @Test
    void onlyTwoAlertsMayWakeAPerson() throws IOException {
        Set<String> critical = new TreeSet<>();
        for (String rule : text(DEPLOY.resolve("fdsentry.rules.yml")).split("- alert: ")) {
            if (rule.contains("severity: critical")) {
                critical.add(rule.lines().findFirst().orElseThrow());
            }
        }
        assertEquals(Set.of("FdsentryFdsNearLimit", "FdsentryLeakUrgent"), critical);
    }

    private static Path[] rules() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY)) {
            return files.filter(file -> file.toString().endsWith(".rules.yml")).toArray(Path[]::new);
        }
    }

    private static Set<String> found(String regex, Path... files) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            Pattern.compile(regex).matcher(text(file)).results().forEach(match -> found.add(match.group(1)));
        }
        return found;
    }

    /// Without comments.
    private static String text(Path file) throws IOException {
        String all = Files.readString(file);
        return file.toString().endsWith(".yml") ? all.replaceAll("(?m)^ *#.*$", "") : all;
    }
}
