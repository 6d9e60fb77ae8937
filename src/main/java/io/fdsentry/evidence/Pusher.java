package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Sends records to a URL by HTTP PUT, each to a path of its own below it, as JSON. On a thread of its own, with a
/// bounded queue and bounded retries; a record that cannot be sent is told once and left to the store.
final class Pusher {
    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
    private static final int MOST_WAITING = 64;
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final URI base;
    private final HttpClient client;
    private final Duration firstPause;
    private final BlockingQueue<Parcel> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean hurried;
    private volatile boolean closing;
    private volatile long deadline = Long.MAX_VALUE;
    private boolean failing;

    Pusher(URI base) {
        this(base, FIRST_PAUSE);
    }

    /// @param firstPause between the first attempt and the second; doubles from one to the next
    Pusher(URI base, Duration firstPause) {
        this.base = base;
        this.firstPause = firstPause;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        thread = Thread.ofPlatform().name("fdsentry-push").daemon().start(this::run);
    }

    private record Parcel(String id, byte[] json) {}

    /// Queues a record; the oldest that waits gives way when there are too many.
    void push(String id, byte[] json) {
        Parcel parcel = new Parcel(id, json);
        while (!queue.offer(parcel)) {
            Parcel dropped = queue.poll();
            if (dropped != null) {
                LOG.atWarn().addKeyValue("evidence", dropped.id()).log("evidence not pushed: too many wait");
            }
        }
    }

    URI base() {
        return base;
    }

    /// From now on tries each record once, without pauses.
    void hurry(Duration within) {
        deadline = System.nanoTime() + within.toNanos();
        hurried = true;
        synchronized (this) {
            notifyAll();
        }
    }

    /// Sends what waits and ends.
    ///
    /// @return whether all was sent or given up in time
    boolean close(Duration within) throws InterruptedException {
        hurry(within);
        closing = true;
        boolean done = thread.join(within);
        thread.interrupt();
        client.shutdownNow();
        return done;
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                Parcel next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    deliver(next);
                }
            }
        } catch (InterruptedException e) {
            // closed before all was sent
        }
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        String trouble = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean last = hurried;
            Answer answer = attempt(parcel);
            if (answer.trouble() == null) {
                succeeded();
                return;
            }
            trouble = answer.trouble();
            if (last || answer.isFinal()) {
                break;
            }
            pause(firstPause.multipliedBy(1L << (attempt - 1)));
        }
        failed(parcel, trouble);
    }

    /// @param trouble null when the record arrived
    /// @param isFinal whether another attempt would be answered the same
    private record Answer(@Nullable String trouble, boolean isFinal) {}

    private Answer attempt(Parcel parcel) throws InterruptedException {
        try {
            int status = client.send(request(parcel), BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return new Answer(null, true);
            }
            boolean mayPass = status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
            return new Answer("HTTP status " + status, !mayPass);
        } catch (IOException e) {
            return new Answer(e.toString(), false);
        }
    }

    private HttpRequest request(Parcel parcel) {
        long left = deadline == Long.MAX_VALUE ? PATIENCE.toNanos() : deadline - System.nanoTime();
        Duration patience = Duration.ofNanos(Math.clamp(left, 1_000_000, PATIENCE.toNanos()));
        HttpRequest.Builder request = HttpRequest.newBuilder(target(parcel.id()))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(parcel.json()));
        String user = base.getUserInfo();
        if (user != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        }
        return request.build();
    }

    /// The URL with the id as the last part of its path.
    private URI target(String id) {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + place() + path + (path.endsWith("/") ? "" : "/") + id + query);
    }

    /// Host and port alone: the rest may hold secrets.
    private String place() {
        String authority = base.getRawAuthority();
        return authority.substring(authority.indexOf('@') + 1);
    }

    /// A pause that ends early in a hurry.
    private synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0 && !hurried; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            LOG.atInfo().addKeyValue("to", place()).log("evidence is pushed again");
        }
    }

    private void failed(Parcel parcel, String trouble) {
        LOG.atLevel(failing ? Level.DEBUG : Level.WARN)
                .addKeyValue("evidence", parcel.id())
                .addKeyValue("to", place())
                .addKeyValue("err", trouble)
                .log("evidence could not be pushed");
        failing = true;
    }
}
