package io.fdsentry.look;

import static io.fdsentry.look.Dashboard.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fdsentry.look.Dashboard.Query;
import io.fdsentry.testing.Monitoring;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A person in front of a dashboard with a real Prometheus behind it, who picks among what the variables offer. All
/// is picked where nothing is.
public final class Viewer {
    private static final Pattern VARIABLE = Pattern.compile("\"\\$([a-z]+)\"");

    /// As Grafana chooses it: four times the scrape interval of [Monitoring].
    private static final String RATE_INTERVAL = "8s";

    /// The time that the person looks at.
    private static final String SPAN = "15m:2s";

    private final Dashboard dashboard;
    private final Monitoring prometheus;
    private final Map<String, String> picked = new HashMap<>();
    private final Set<Query> seen = new LinkedHashSet<>();

    public Viewer(Dashboard dashboard, Monitoring prometheus) {
        this.dashboard = dashboard;
        this.prometheus = prometheus;
        dashboard.variables().forEach(variable -> picked.put(text(variable, "name"), text(variable, "allValue")));
    }

    /// Picks a value of a variable, once it is offered.
    ///
    /// @return whether it was
    public boolean pick(String variable, String value) throws IOException, InterruptedException {
        boolean offered = offered(variable).contains(value);
        if (offered) {
            picked.put(variable, value);
        }
        return offered;
    }

    private Set<String> offered(String variable) throws IOException, InterruptedException {
        Set<String> values = new TreeSet<>();
        for (Query query : dashboard.offered()) {
            if (query.where().equals("variable " + variable)) {
                answer(query)
                        .forEach(series ->
                                values.add(text(series.getAsJsonObject().getAsJsonObject("metric"), variable)));
            }
        }
        return values;
    }

    /// The panels, annotations and variables that have shown nothing so far, asking once more for these.
    public Set<String> empty() throws IOException, InterruptedException {
        Set<String> empty = new TreeSet<>();
        for (Query query : all()) {
            if (!seen.contains(query)) {
                if (answer(query).isEmpty()) {
                    empty.add(query.where());
                } else {
                    seen.add(query);
                }
            }
        }
        return empty;
    }

    private List<Query> all() {
        return Stream.concat(dashboard.shown().stream(), dashboard.offered().stream())
                .toList();
    }

    /// Annotations are those of the whole time that is looked at.
    private JsonArray answer(Query query) throws IOException, InterruptedException {
        String asked = filled(query.expression());
        String answer = prometheus.query(
                query.where().startsWith("annotation ") ? "last_over_time((" + asked + ")[" + SPAN + "])" : asked);
        JsonElement data = JsonParser.parseString(answer).getAsJsonObject().get("data");
        if (data == null) {
            String refused = dashboard + ": " + query + ": " + answer;
            if (answer.contains("bad_data")) {
                throw new AssertionError(refused);
            }
            throw new IOException(refused);
        }
        return data.getAsJsonObject().getAsJsonArray("result");
    }

    private String filled(String expression) {
        return VARIABLE.matcher(expression)
                .replaceAll(variable -> Matcher.quoteReplacement('"' + picked.get(variable.group(1)) + '"'))
                .replace("$__rate_interval", RATE_INTERVAL);
    }

    @Override
    public String toString() {
        return dashboard + " " + picked;
    }
}
