package io.fdsentry.golang.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.model.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One GET, bounded in time and size. Goes where it is sent and nowhere else: neither a redirect nor a proxy.
/// Each has a connection of its own that is closed afterwards, since a connection left open would be one more
/// socket of the process that is watched.
final class Fetch {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SHOWN = 120;

    private Fetch() {}

    /// [Outcome.Unsupported] where there is no such page, [Outcome.Failed] with what was asked for everything else.
    static <T> Outcome<T> get(URI url, Bounds bounds, Body<T> body) {
        try (HttpClient client = client(bounds)) {
            CompletableFuture<HttpResponse<T>> answer =
                    client.sendAsync(request(url), info -> reader(info, body, bounds));
            try {
                return Outcome.seen(answer.get(bounds.time().toMillis(), TimeUnit.MILLISECONDS)
                        .body());
            } catch (TimeoutException e) {
                return Outcome.failed(
                        shown(url) + ": no answer within " + bounds.time().toSeconds() + " s");
            } catch (ExecutionException e) {
                return failed(url, e);
            } finally {
                answer.cancel(true);
                client.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(shown(url) + ": interrupted");
        } catch (IllegalArgumentException e) {
            return Outcome.failed(shown(url) + ": " + e.getMessage());
        }
    }

    private static HttpClient client(Bounds bounds) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.time())
                .build();
    }

    private static HttpRequest request(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUser(url)).GET();
        if (url.getUserInfo() != null) {
            String user = Base64.getEncoder().encodeToString(url.getUserInfo().getBytes(UTF_8));
            request.header("Authorization", "Basic " + user);
        }
        return request.build();
    }

    private static <T> BodySubscriber<T> reader(ResponseInfo info, Body<T> body, Bounds bounds) {
        return info.statusCode() == OK ? new BodyReader<>(body, bounds.bytes()) : new NoBody<>(info.statusCode());
    }

    private static <T> Outcome<T> failed(URI url, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof ConnectException)) {
            root = root.getCause();
        }
        return switch (root) {
            case WrongStatus status when status.code == NOT_FOUND -> Outcome.unsupported(shown(url) + ": no such page");
            case WrongStatus status
            when status.code / 100 == 3 ->
                Outcome.failed(shown(url) + ": status " + status.code + ", redirects are not followed");
            case WrongStatus status -> Outcome.failed(shown(url) + ": status " + status.code);
            case ConnectException _ -> Outcome.failed(shown(url) + ": nobody listens there");
            case IllegalArgumentException wrong -> Outcome.failed(shown(url) + ": " + wrong.getMessage());
            default ->
                Outcome.failed(shown(url) + ": "
                        + cut(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage()));
        };
    }

    /// An answer whose body nobody wants.
    static final class WrongStatus extends IOException {
        private static final long serialVersionUID = 1;
        final int code;

        WrongStatus(int code) {
            super("status " + code);
            this.code = code;
        }
    }

    /// A URL for messages: the user in it may be a secret.
    static String shown(URI url) {
        return cut(withoutUser(url).toString());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static URI withoutUser(URI url) {
        String authority = url.getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        return at < 0 ? url : URI.create(url.toString().replaceFirst("//[^/]*@", "//"));
    }
}
