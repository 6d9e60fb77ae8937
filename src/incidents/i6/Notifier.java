import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// Notifies a receiver of each order. leaky makes an HttpClient for each request and remembers it, to close all of them
/// at the end that never comes: each has a thread, an epoll descriptor and a wakeup descriptor of its own. repaired has
/// one client.
///
/// Usage: java Notifier.java leaky|repaired URL REQUESTS_A_SECOND
class Notifier {
    private static final List<HttpClient> TO_CLOSE = new ArrayList<>();

    public static void main(String[] args) throws InterruptedException {
        boolean leaky = args[0].equals("leaky");
        URI receiver = URI.create(args[1]);
        long pause = (long) (1000 / Double.parseDouble(args[2]));
        HttpClient shared = HttpClient.newHttpClient();
        while (true) {
            notify(leaky ? newClient() : shared, receiver);
            Thread.sleep(pause);
        }
    }

    private static HttpClient newClient() {
        HttpClient client = HttpClient.newHttpClient();
        TO_CLOSE.add(client);
        return client;
    }

    private static void notify(HttpClient client, URI receiver) throws InterruptedException {
        try {
            client.send(HttpRequest.newBuilder(receiver).build(), BodyHandlers.discarding());
        } catch (java.io.IOException e) {
            System.err.println(e);
        }
    }
}
