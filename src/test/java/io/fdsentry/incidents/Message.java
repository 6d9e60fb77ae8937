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
        return words(cause).stream().anyMatch(text::contains);
    }

    /// As the rules say it; what is not known in two ways, with a peer and without.
    private static List<String> words(Cause cause) throws IOException {
        String said = cause == Cause.UNKNOWN ? "else(?: if \\$peer)?" : "eq \\$cause \"" + cause.label() + "\"";
        List<String> words = Pattern.compile(said + " }}([A-Z].+?)(?:\\{\\{ end }})?\n")
                .matcher(Files.readString(RULES))
                .results()
                .map(found -> found.group(1))
                .toList();
        if (words.isEmpty()) {
            throw new IOException(RULES + " has no words for " + cause);
        }
        return words;
    }
}
