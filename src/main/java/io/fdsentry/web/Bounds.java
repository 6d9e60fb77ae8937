package io.fdsentry.web;

/// What the JDK's HTTP server lets a client take of us. It reads these once, from system properties, when the first
/// server is made; a property that is set already stays as it is.
final class Bounds {
    /// The longest request target in characters; longer ones are answered with 414.
    static final int URI_LENGTH = 8192;

    private static final int HEADER_BYTES = 65_536;
    private static final int REQUEST_SECONDS = 15;
    private static final int RESPONSE_SECONDS = 60;
    /// Not a common scrape interval, so that no scraper sends its next request while the connection is being
    /// closed.
    private static final int IDLE_SECONDS = 35;
    /// An idle one costs a descriptor and some two KiB.
    private static final int CONNECTIONS = 512;

    private Bounds() {}

    static void set() {
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        set("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        set("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        set("sun.net.httpserver.maxIdleConnections", CONNECTIONS / 8);
        set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        set("sun.net.httpserver.drainAmount", HEADER_BYTES);
        set("jdk.httpserver.maxConnections", CONNECTIONS);
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static void set(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
