package io.fdsentry.config;

import static io.fdsentry.config.Loading.load;
import static io.fdsentry.config.Loading.problems;
import static io.fdsentry.config.Loading.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '@', textBlock = """
            a                   @ a
            ${TEAM}             @ shop
            x${TEAM}y${TEAM}    @ xshopyshop
            ${NOPE:-x:y-z}      @ x:y-z
            ${EMPTY:-x}         @ x
            [${EMPTY}]          @ []
            [${NOPE:-}]         @ []
            ${NOPE:-$$}         @ $
            $${TEAM}            @ ${TEAM}
            $$${TEAM}           @ $shop
            $$$$                @ $$
            $TEAM               @ $TEAM
            a$                  @ a$
            (a$)|^b             @ (a$)|^b
            a$$                 @ a$
            $                   @ $
            """)
    void onlyBracesAndASecondDollarMakeADollarSpecial(String text, String expanded) throws BadValue {
        assertEquals(expanded, new Expansion.Variables(Loading.ENVIRONMENT).expand(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', textBlock = """
            ${NOPE}          @ environment variable NOPE is not set; ${NOPE:-default} gives a default
            ${TEAM           @ "${TEAM" is not ${NAME} or ${NAME:-default}; $${ is a plain ${
            ${TEAM:x}        @ "${TEAM:x}" is not ${NAME} or ${NAME:-default}; $${ is a plain ${
            ${}              @ "" is not the name of an environment variable; $${ is a plain ${
            ${1A}            @ "1A" is not the name of an environment variable; $${ is a plain ${
            ${A B:-x}        @ "A B" is not the name of an environment variable; $${ is a plain ${
            ${A:-${TEAM}}    @ the default of ${A} may not hold another variable
            """)
    void whatIsNoVariableIsAProblem(String text, String reason) {
        assertEquals(
                "c.yaml:1:25: metrics.labels.x: " + reason, problems(load("metrics: {labels: {  x: '" + text + "'}}")));
    }

    @Test
    void aVariableStandsInAnyValueButNotInKeys() {
        Config config = valid("""
                sampling:
                  interval: ${INTERVAL}
                peers:
                  top: "${TOP:-7}"
                  resolve: ${RESOLVE:-true}
                evidence:
                  directory: ${NOPE:-}
                """);
        assertEquals(Duration.ofSeconds(30), config.sampling().interval());
        assertEquals(7, config.peers().top());
        assertTrue(config.peers().resolve());
        assertNull(config.evidence().directory());
        assertEquals(
                "c.yaml:1:20: metrics.labels.${TEAM}: is not a label name: letters, digits and _, no digit first",
                problems(load("metrics: {labels: {\"${TEAM}\": a}}")));
    }

    @Test
    void theTextOfAVariableIsNeitherYamlNorExpandedAgain() {
        assertEquals(
                Map.of("a", "a: b\n- ${TEAM} $$"),
                valid("metrics: {labels: {a: \"${TRICKY}\"}}").metrics().labels());
    }

    @Test
    void aProblemWithWhatAVariableHoldsNamesTheVariable() {
        assertEquals(
                "c.yaml:1:14: peers.top: \"shop\" is not a whole number (from \"${TEAM}\")",
                problems(load("peers: {top: \"${TEAM}\"}")));
    }
}
