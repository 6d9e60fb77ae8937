package io.fdsentry.incidents;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.fdsentry.model.Cause;
import io.fdsentry.testing.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What reached people, as they read it.
///
/// @param kind `page` (it wakes somebody) or `ticket`
/// @param title one line
record Message(String kind, String title, String text) {
    private static final Path RULES = Path.of("deploy/prometheus/fdsentry.rules.yml");

    /// What was said of one target so far; a page is not said again as a ticket.
    static List<Message> about(String target, Inbox inbox) {
        Predicate<Message> about = message ->
                message.title().startsWith(target + " ") || message.title().startsWith(target + ":");
        List<Message> pages =
                inbox.pages("trigger").stream().map(Message::page).filter(about).toList();
        Set<String> paged = pages.stream().map(Message::title).collect(Collectors.toSet());
        List<Message> all = new ArrayList<>(pages);
        inbox.at("/slack").stream()
                .map(Message::ticket)
                .filter(about.and(message -> !paged.contains(message.title())))
                .forEach(all::add);
        return all;
    }

    private static Message page(JsonObject page) {
        String text = page.getAsJsonObject("payload")
                .getAsJsonObject("custom_details")
                .get("text")
                .getAsString();
        int end = text.indexOf('\n');
        return new Message("page", text.substring(0, end), text.substring(end + 1));
    }

    private static Message ticket(JsonObject slack) {
        JsonArray attachments = slack.getAsJsonArray("attachments");
        JsonObject first = attachments.get(0).getAsJsonObject();
        return new Message(
                "ticket", first.get("title").getAsString(), first.get("text").getAsString());
    }

    /// Whether it reached the same people under the same title.
    boolean hasTitleOf(Message other) {
        return kind.equals(other.kind()) && title.equals(other.title());
    }

    /// Whether it says what the shipped rules say of a cause.
    boolean tells(Cause cause) throws IOException {
        return text.contains(words(cause));
    }

    private static String words(Cause cause) throws IOException {
        String rules = Files.readString(RULES);
        Matcher words =
                Pattern.compile("eq \\$cause \"" + cause.label() + "\" }}(.+)").matcher(rules);
        if (words.find()) {
            return words.group(1);
        }
        Matcher otherwise =
                Pattern.compile("\\{\\{- else }}(Something .+?)\\{\\{ end }}").matcher(rules);
        if (!otherwise.find()) {
            throw new IOException(RULES + " has no words for " + cause);
        }
        return otherwise.group(1);
    }
}
