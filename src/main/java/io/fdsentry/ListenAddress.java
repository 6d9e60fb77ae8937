package io.fdsentry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// An address to listen on, as Prometheus exporters write it: `:10177` (every address), `127.0.0.1:0` (any free
/// port), `[::1]:10177`, `name:10177`.
public record ListenAddress(String host, int port) {
    /// The default of `--web.listen-address`.
    public static final ListenAddress DEFAULT = new ListenAddress("", 10177);

    private static final int MAX_PORT = 65535;

    /// @throws IllegalArgumentException if it is no address, in words for a person
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "\"%s\" has no port; write it as :10177 or 127.0.0.1:10177".formatted(text));
        }
        return new ListenAddress(hostOf(text, text.substring(0, colon)), portOf(text, text.substring(colon + 1)));
    }

    /// Looks the name up; the empty one stands for every address of this machine.
    public InetSocketAddress resolve() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /// Where a client on this machine reaches a server that listens on it.
    public String reachable() {
        String name = switch (host) {
            case "", "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
        return bracketed(name) + ":" + port;
    }

    @Override
    public String toString() {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String hostOf(String text, String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "\"%s\": an IPv6 address stands in brackets, as in [::1]:10177".formatted(text));
        }
        return host;
    }

    private static int portOf(String text, String port) {
        boolean digits = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(port) : MAX_PORT + 1;
        if (number > MAX_PORT) {
            throw new IllegalArgumentException("\"%s\": the port must be a number from 0 to 65535".formatted(text));
        }
        return number;
    }
}
