package io.fdsentry.testing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real Chromium with one page, told what to do through its own DevTools protocol. What the page had to
/// complain of and whom it asked are kept.
public final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-port=0");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final WebSocket socket;

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = http.newWebSocketBuilder().buildAsync(page, new Ear()).join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /// Needs `chromium`.
    ///
    /// @param folder for its profile
    public static Browser start(Path folder) throws IOException {
        Path profile = folder.resolve("profile");
        List<String> command = new ArrayList<>(List.of(Needs.program("chromium").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile())
                .start();
        try {
            return new Browser(process, page(profile.resolve("DevToolsActivePort")));
        } catch (IOException | RuntimeException | AssertionError e) {
            end(process);
            throw e;
        }
    }

    /// The first line of the file is the port.
    private static URI page(Path port) throws IOException {
        String first = Await.value(
                "Chromium's port",
                () -> Files.readString(port).lines().findFirst().orElseThrow(),
                line -> !line.isEmpty());
        String list = "http://127.0.0.1:" + first + "/json/list";
        JsonElement pages = Await.value(
                "Chromium's page",
                () -> {
                    try (var in = URI.create(list).toURL().openStream()) {
                        return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                },
                answer -> answer.getAsJsonArray().asList().stream().anyMatch(Browser::isPage));
        JsonObject page = pages.getAsJsonArray().asList().stream()
                .filter(Browser::isPage)
                .findFirst()
                .orElseThrow()
                .getAsJsonObject();
        return URI.create(page.get("webSocketDebuggerUrl").getAsString());
    }

    private static boolean isPage(JsonElement target) {
        return target.getAsJsonObject().get("type").getAsString().equals("page");
    }

    /// Goes to an address.
    public void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    /// The value of an expression in the page; null and undefined are null. Promises are awaited.
    public @Nullable String eval(String expression) {
        JsonObject answer =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        JsonElement value = answer.getAsJsonObject("result").get("value");
        return value == null || value.isJsonNull()
                ? null
                : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /// Waits until an expression in the page is true.
    public void await(String expression) {
        Await.until(expression + " in: " + eval("document.body?.innerText"), () -> "true".equals(eval(expression)));
    }

    /// Clicks in the middle of the first element that matches, as a person does.
    public void click(String selector) {
        await("document.querySelector(" + quoted(selector) + ") !== null");
        String[] at = String.valueOf(eval("(() => { const e = document.querySelector(" + quoted(selector)
                        + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                        + " return (r.x + r.width / 2) + ' ' + (r.y + r.height / 2) })()"))
                .split(" ");
        for (String event : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            event,
                            "button",
                            "left",
                            "clickCount",
                            1,
                            "x",
                            Double.parseDouble(at[0]),
                            "y",
                            Double.parseDouble(at[1])));
        }
    }

    /// Types into what has the focus.
    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /// Presses a key that has no text, such as `Tab`.
    public void press(String key, int code) {
        for (String event : List.of("rawKeyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", event, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /// Sends these headers with every request from now on.
    public void headers(Map<String, String> headers) {
        call("Network.setExtraHTTPHeaders", Map.of("headers", headers));
    }

    /// The size of the window, in the page's own pixels.
    public void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Light or dark, as the person's desktop would have it.
    public void colours(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// Has downloads go to a folder.
    public void downloadTo(Path folder) {
        call("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /// What is to be seen, as a PNG.
    public void picture(Path file) throws IOException {
        String data = call("Page.captureScreenshot", Map.of()).get("data").getAsString();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /// Errors, warnings and refused requests so far.
    public List<String> complaints() {
        return complaints;
    }

    /// Every address the page asked for so far.
    public List<String> asked() {
        return asked;
    }

    private JsonObject call(String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", new Gson().toJsonTree(parameters));
        socket.sendText(message.toString(), true).join();
        try {
            return answer.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " " + parameters, e);
        }
    }

    /// A text as a literal of JavaScript.
    private static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }

    private void hear(JsonObject message) {
        if (message.has("id")) {
            CompletableFuture<JsonObject> answer = Objects.requireNonNull(
                    answers.remove(message.get("id").getAsInt()), () -> "nobody asked for " + message);
            if (message.has("error")) {
                answer.completeExceptionally(new IllegalStateException(message.toString()));
            } else {
                answer.complete(message.getAsJsonObject("result"));
            }
            return;
        }
        JsonObject told = message.getAsJsonObject("params");
        switch (message.get("method").getAsString()) {
            case "Network.requestWillBeSent" ->
                asked.add(told.getAsJsonObject("request").get("url").getAsString());
            case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(told.toString());
            case "Runtime.consoleAPICalled" -> {
                if (!told.get("type").getAsString().matches("log|info|debug")) {
                    complaints.add(told.toString());
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        end(process);
    }

    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
