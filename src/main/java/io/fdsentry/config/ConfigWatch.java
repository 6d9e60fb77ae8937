package io.fdsentry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a file, and notices when it holds something else.
///
/// It compares what the file holds, at times the caller chooses, rather than ask the kernel (inotify): Kubernetes
/// swaps a symbolic link two levels above the file, editors put another inode in its place, network file systems
/// say nothing at all, and a watch would be one more descriptor and one more thread. A file of a few KB every few
/// seconds costs nothing.
///
/// A file that is written in place is empty for a moment, and an empty file is a valid one. So something new counts
/// only after two looks have found the same. That a file is gone or may not be read is news too, told once.
///
/// @param <T> what the file becomes
public final class ConfigWatch<T> {
    private final Path file;
    private final Duration every;
    private final Function<FileContent, Loaded<T>> reader;
    private @Nullable FileContent loaded;
    private @Nullable FileContent candidate;
    private @Nullable Instant lastLook;

    private ConfigWatch(Path file, Duration every, Function<FileContent, Loaded<T>> reader) {
        this.file = file;
        this.every = every;
        this.reader = reader;
    }

    /// Watches `config.yaml`.
    ///
    /// @param every the least time between two looks
    /// @param environment variables for `${NAME}`
    public static ConfigWatch<Config> ofConfig(Path file, Duration every, Map<String, String> environment) {
        return new ConfigWatch<>(file, every, content -> ConfigLoader.read(file.toString(), content, environment));
    }

    /// Watches the file of `--web.config.file`; the certificates it names are not watched.
    ///
    /// @param every the least time between two looks
    public static ConfigWatch<WebConfig> ofWebConfig(Path file, Duration every) {
        return new ConfigWatch<>(file, every, content -> WebConfigLoader.read(file, content));
    }

    public Path file() {
        return file;
    }

    /// Reads the file now, whatever it holds: at the start, and when a person asks for it.
    public synchronized Loaded<T> load() {
        return accept(FileContent.of(file));
    }

    /// Reads the file if it holds something else than when it was last read, and the look before this one found the
    /// same.
    ///
    /// @param now when this is; nothing happens until `every` has gone by, or the clock was set back
    /// @return null where there is nothing new
    public synchronized @Nullable Loaded<T> poll(Instant now) {
        if (lastLook != null && Duration.between(lastLook, now).abs().compareTo(every) < 0) {
            return null;
        }
        lastLook = now;
        FileContent content = FileContent.of(file);
        if (content.equals(loaded)) {
            candidate = null;
            return null;
        }
        if (!content.equals(candidate)) {
            candidate = content;
            return null;
        }
        return accept(content);
    }

    private Loaded<T> accept(FileContent content) {
        loaded = content;
        candidate = null;
        return reader.apply(content);
    }
}
