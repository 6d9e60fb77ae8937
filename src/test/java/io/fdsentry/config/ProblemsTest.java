package io.fdsentry.config;

import static io.fdsentry.config.Loading.load;
import static io.fdsentry.config.Loading.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One row for each thing that can be wrong: the text (`|` for a line break, `~` for a tab) and all its problems.
class ProblemsTest {
    private static final char ROW = '@';

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            sampling: {interval: 500ms}      @ 1:22: sampling.interval: must be from 1s to 1h, not "500ms"
            sampling: {interval: 1h1ms}      @ 1:22: sampling.interval: must be from 1s to 1h, not "1h1ms"
            sampling: {interval: 15}         @ 1:22: sampling.interval: "15" is not a duration such as 500ms, 30s, 5m or 1d12h: the unit is missing
            sampling: {interval: 5m 2s}      @ 1:22: sampling.interval: "5m 2s" is not a duration such as 500ms, 30s, 5m or 1d12h
            sampling: {interval: -5m}        @ 1:22: sampling.interval: "-5m" is not a duration such as 500ms, 30s, 5m or 1d12h
            sampling: {interval: 2s5m}       @ 1:22: sampling.interval: "2s5m" is not a duration such as 500ms, 30s, 5m or 1d12h
            sampling: {interval: ''}         @ 1:22: sampling.interval: "" is not a duration such as 500ms, 30s, 5m or 1d12h
            sampling: {interval: []}         @ 1:22: sampling.interval: must be a duration such as 30s, 5m or 1d12h, not a list
            sampling: {interval: {s: 1}}     @ 1:22: sampling.interval: must be a duration such as 30s, 5m or 1d12h, not a mapping
            sampling: {interval: 999999999y} @ 1:22: sampling.interval: "999999999y" is longer than 292 years
            sampling: {budget: 0}            @ 1:20: sampling.budget: must be above 0 and at most 1, not "0"
            sampling: {budget: 1.01}         @ 1:20: sampling.budget: must be above 0 and at most 1, not "1.01"
            sampling: {budget: 5%}           @ 1:20: sampling.budget: "5%" is not a number
            sampling: {budget: .nan}         @ 1:20: sampling.budget: ".nan" is not a number
            sampling: {budget: '0.5'}        @ 1:20: sampling.budget: must be a number, not quoted text
            detection: {time_scale: 0}       @ 1:25: detection.time_scale: must be above 0 and at most 1000000, not "0"
            detection: {time_scale: 1e-400}  @ 1:25: detection.time_scale: must be above 0 and at most 1000000, not "1e-400"
            detection: {stuck_after: 0s}     @ 1:26: detection.stuck_after: must be from 1ms to 3650d, not "0s"
            peers: {top: 101}                @ 1:14: peers.top: must be from 0 to 100, not "101"
            peers: {top: -1}                 @ 1:14: peers.top: must be from 0 to 100, not "-1"
            peers: {top: 9999999999999}      @ 1:14: peers.top: must be from 0 to 100, not "9999999999999"
            peers: {top: 010}                @ 1:14: peers.top: "010" is not a whole number
            peers: {top: 0x10}               @ 1:14: peers.top: "0x10" is not a whole number
            peers: {top: 1.0}                @ 1:14: peers.top: "1.0" is not a whole number
            peers: {top: ten}                @ 1:14: peers.top: "ten" is not a whole number
            peers: {top: '10'}               @ 1:14: peers.top: must be a whole number, not quoted text
            peers: {top: !!int 10}           @
            peers: {top: !ten 10}            @ 1:14: peers.top: has the tag "!ten", and tags mean nothing here
            peers: {resolve: yes}            @ 1:18: peers.resolve: must be true or false, not "yes"
            peers: {resolve: 'true'}         @ 1:18: peers.resolve: must be true or false, not quoted text
            peers: {aggregate: adress}       @ 1:20: peers.aggregate: must be one of address:port, address, not "adress", did you mean "address"?
            metrics: {detail: none}          @ 1:19: metrics.detail: must be one of all, suspected, auto, not "none"
            metrics: {max_series: 0}         @ 1:23: metrics.max_series: must be from 1 to 10000000, not "0"
            evidence: {max_size: 100}        @ 1:22: evidence.max_size: "100" has no unit: one of B KB MB GB TB PB (1000) or KiB MiB GiB TiB PiB (1024)
            evidence: {max_size: 1Mi}        @ 1:22: evidence.max_size: "1Mi" has no unit known here: one of B KB MB GB TB PB (1000) or KiB MiB GiB TiB PiB (1024)
            evidence: {max_size: 1B}         @ 1:22: evidence.max_size: must be from 1KB to 1PB, not "1B"
            evidence: {max_size: -1MB}       @ 1:22: evidence.max_size: "-1MB" is not a size such as 100MB or 64MiB
            evidence: {push_url: ftp://a}    @ 1:22: evidence.push_url: is not a URL that begins with http:// or https://
            evidence: {push_url: 'http://'}  @ 1:22: evidence.push_url: is not a URL: Expected authority at character 8
            evidence: {push_url: 'http:/a'}  @ 1:22: evidence.push_url: is not a URL with a host
            evidence: {push_url: 'http://a:70000'}      @ 1:22: evidence.push_url: is not a URL with a port from 1 to 65535
            evidence: {directory: "a\\0b"}   @ 1:23: evidence.directory: "a\\u0000b" is not a path: Nul character not allowed
            web: {ui: of}                    @ 1:11: web.ui: must be one of auto, on, off, not "of", did you mean "off"?
            """)
    void aValueThatIsWrongIsNamedWithItsPlace(String yaml, String expected) {
        check(yaml, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            sampling:                        @ 1:10: sampling: has no value; leave the key out, or write {}
            targets:                         @ 1:9: targets: has no value; leave the key out, or write []
            sampling:|  interval:            @ 2:12: sampling.interval: has no value; leave the key out, or give it a duration such as 30s, 5m or 1d12h
            sampling: {interval: null}       @ 1:22: sampling.interval: has no value; leave the key out, or give it a duration such as 30s, 5m or 1d12h
            targets: {name: a}               @ 1:10: targets: must be a list, not a mapping
            targets: [a]                     @ 1:11: targets[0]: must be a mapping, not a single value
            targets: ruler                   @ 1:10: targets: must be a list, not a single value
            - a                              @ 1:1: file: must be a mapping, not a list
            hello                            @ 1:1: file: must be a mapping, not a single value
            ? [a]|: b                        @ 1:3: file: a key must be text
            <<: {a: 1}                       @ 1:1: <<: merge keys mean nothing here; write the keys out
            sampling: &a {interval: *a}      @ 1:11: sampling.interval: must be a duration such as 30s, 5m or 1d12h, not a mapping
            interval: 15s                    @ 1:1: interval: unknown key, did you mean sampling.interval?
            directory: /tmp                  @ 1:1: directory: unknown key, did you mean evidence.directory or state.directory?
            Sampling: {}                     @ 1:1: Sampling: unknown key, did you mean "sampling"?
            nonsense: 1                      @ 1:1: nonsense: unknown key
            detection: {stuckAfter: 1m}      @ 1:13: detection.stuckAfter: unknown key, did you mean "stuck_after"?
            sampling: {interval: 1s, interval: 2s} @ 1:26: sampling.interval: is given twice, first in line 1
            "a\\nb": 1                       @ 1:1: a\\nb: unknown key
            web: {}|---|web: {}              @ 2:1: syntax: but found another document (expected a single document in the stream)
            web:|~ui: auto                   @ 2:1: syntax: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) (while scanning for the next token)
            web: {ui: auto                   @ 1:15: syntax: expected ',' or '}', but got <stream end> (while parsing a flow mapping)
            web: a: b                        @ 1:7: syntax: mapping values are not allowed here
            web: *a                          @ 1:6: syntax: found undefined alias a
            web: !!java.net.URL {}           @ 1:6: syntax: Global tag is not allowed: tag:yaml.org,2002:java.net.URL
            a: "\\UFFFFFFFF"                 @ 1:1: syntax: For input string: "FFFFFFFF" under radix 16
            """)
    void aShapeThatIsWrongIsNamedWithItsPlace(String yaml, String expected) {
        check(yaml, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            {match: {pid: 1}}                           @ 1:11: targets[0]: has no name, which must be a name
            {name: a}                                   @ 1:11: targets[0]: has no match, which says what processes it is about
            {name: a, match: {}}                        @ 1:28: targets[0].match: has no condition, so every process would match
            {name: a, match: {com: a}}                  @ 1:29: targets[0].match.com: unknown key, did you mean "comm"?
            {name: a, match: {pid: 1}, exclude: [{}]}   @ 1:48: targets[0].exclude[0]: has no condition, so every process would match
            {name: a b, match: {pid: 1}}                @ 1:18: targets[0].name: "a b" is not a name: letters, digits, _ . and -, at least one
            {name: '', match: {pid: 1}}                 @ 1:18: targets[0].name: "" is not a name: letters, digits, _ . and -, at least one
            {name: ä, match: {pid: 1}}                  @ 1:18: targets[0].name: "ä" is not a name: letters, digits, _ . and -, at least one
            {name: a, comm: a, match: {pid: 1}}         @ 1:21: targets[0].comm: unknown key, did you mean targets[].match.comm?
            {name: a, match: {pid: 0}}                  @ 1:34: targets[0].match.pid: must be from 1 to 4194304, not "0"
            {name: a, match: {listen_port: 65536}}      @ 1:42: targets[0].match.listen_port: must be from 1 to 65535, not "65536"
            {name: a, match: {pid_file: ''}}            @ 1:39: targets[0].match.pid_file: must not be empty
            {name: a, match: {exe: ''}}                 @ 1:34: targets[0].match.exe: must not be empty
            {name: a, match: {exe: 'a(?=b)'}}           @ 1:34: targets[0].match.exe: "a(?=b)" is not an RE2 expression: invalid or unsupported Perl syntax "(?="
            {name: a, match: {exe: '(a{999}){999}'}}    @ 1:34: targets[0].match.exe: is too large: groups too deep, or repetitions of repetitions
            {name: a, match: {comm: prometheus-server}} @ 1:35: targets[0].match.comm: "prometheus-server" can never match: the kernel keeps 15 bytes of a name; use "prometheus-serv" or exe
            {name: a, match: {comm: 'prometheus-serve.'}} @
            {name: a, match: {pid: 1}, goroutines: {}}  @ 1:50: targets[0].goroutines: must have one key, pprof or metrics
            {name: a, match: {pid: 1}, goroutines: on}  @ 1:50: targets[0].goroutines: must be one of native, auto, off, not "on"
            {name: a, match: {pid: 1}, goroutines: {ppof: 'http://a'}} @ 1:51: targets[0].goroutines.ppof: unknown key, did you mean "pprof"?
            {name: a, match: {pid: 1}, goroutines: {pprof: 'http://a', metrics: 'http://a'}} @ 1:50: targets[0].goroutines: must have one key, pprof or metrics
            {name: a, match: {pid: 1}, require: [fds, fds]}  @ 1:53: targets[0].require[1]: "fds" is listed twice
            {name: a, match: {pid: 1}, require: [sokets]}    @ 1:48: targets[0].require[0]: must be one of fds, fd_kinds, limits, sockets, idle, threads, goroutines, not "sokets", did you mean "sockets"?
            {name: a, match: {pid: 1}, detection: {top: 1}}  @ 1:50: targets[0].detection.top: unknown key, did you mean peers.top?
            {name: a, match: {pid: 1}, labels: {job: x}}     @ 1:47: targets[0].labels.job: is a label that Prometheus sets
            """)
    void aTargetThatIsWrongIsNamedWithItsPlace(String target, String expected) {
        check("targets: [" + target + "]", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            instance: a   @ 1:20: metrics.labels.instance: is a label that Prometheus sets
            pid: a        @ 1:20: metrics.labels.pid: is a label of fdsentry's own series
            peer_process: @ 1:20: metrics.labels.peer_process: is a label of fdsentry's own series|1:33: metrics.labels.peer_process: has no value; leave the key out, or give it text
            le: a         @ 1:20: metrics.labels.le: is a label of fdsentry's own series
            a-b: c        @ 1:20: metrics.labels.a-b: is not a label name: letters, digits and _, no digit first
            1a: c         @ 1:20: metrics.labels.1a: is not a label name: letters, digits and _, no digit first
            '': c         @ 1:20: metrics.labels.: is not a label name: letters, digits and _, no digit first
            __name__: c   @ 1:20: metrics.labels.__name__: labels that begin with __ are Prometheus' own
            a: {b: c}     @ 1:23: metrics.labels.a: must be text, not a mapping
            a: b, a: c    @ 1:26: metrics.labels.a: is given twice, first in line 1
            a: "b c\\nd"  @
            """)
    void aConstantLabelMayNotDisturbTheSeries(String label, String expected) {
        check("metrics: {labels: {" + label + "}}", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            metrics: {labels: {team: a}}|targets: [{name: a, match: {pid: 1}, labels: {team: b}}] @ 2:47: targets[0].labels.team: is set in metrics.labels already
            targets: [{name: a, match: {pid: 1}, labels: {team: b}}]|metrics: {labels: {team: a}} @ 1:47: targets[0].labels.team: is set in metrics.labels already
            """)
    void aTargetMayNotSetALabelThatEverySeriesHas(String yaml, String expected) {
        check(yaml, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ROW, quoteCharacter = '`', textBlock = """
            62 ff        @ 1:2: syntax: byte 0xFF is not UTF-8
            61 3a 0a c3  @ 2:1: syntax: byte 0xC3 is not UTF-8
            61 0a c3 28  @ 2:1: syntax: byte 0xC3 is not UTF-8
            61 3a 20 00  @ 1:4: syntax: the character U+0000 may not stand in YAML
            ff fe 61 00  @ 1:1: syntax: byte 0xFF is not UTF-8
            """)
    void bytesThatAreNoTextAreNamedWithTheirPlace(String hex, String expected) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        Loaded<Config> loaded = ConfigLoader.read("c.yaml", new FileContent.Bytes(bytes), Map.of());
        assertEquals("c.yaml:" + expected, problems(loaded));
    }

    @Test
    void aDocumentNestedTooDeepIsAProblem() {
        assertEquals("c.yaml:1:1: syntax: Nesting Depth exceeded max 50", problems(load("[".repeat(100_000))));
    }

    @Test
    void aLongValueIsCutInMessages() {
        String reason = problems(load("web: {ui: " + "x".repeat(100_000) + "}"));
        assertEquals("c.yaml:1:11: web.ui: must be one of auto, on, off, not \"" + "x".repeat(60) + "...\"", reason);
        assertEquals(0, reason.getBytes(StandardCharsets.UTF_8).length - reason.length());
    }

    @Test
    void aUrlIsNeverRepeatedBecauseItMayHoldAPassword() {
        assertEquals(
                "c.yaml:1:22: evidence.push_url: is not a URL: Illegal character in authority at character 18",
                problems(load("evidence: {push_url: 'http://u:secret@a b'}")));
    }

    private static void check(String yaml, @Nullable String expected) {
        String lines = expected == null ? "" : "c.yaml:" + expected.replace("|", "\nc.yaml:");
        assertEquals(lines, problems(load(yaml.replace('|', '\n').replace('~', '\t'))));
    }
}
