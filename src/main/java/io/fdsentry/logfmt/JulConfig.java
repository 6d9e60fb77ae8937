package io.fdsentry.logfmt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// Made by `java.util.logging` when it is first used, in place of its configuration file.
public final class JulConfig {
    /// Sets [JulHandler] as the only handler.
    public JulConfig() throws IOException {
        String config = "handlers=%s\n.level=INFO\n".formatted(JulHandler.class.getName());
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(config.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
