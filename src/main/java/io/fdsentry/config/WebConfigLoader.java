package io.fdsentry.config;

import io.fdsentry.config.Form.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/// Reads the file of `--web.config.file`, with problems reported as those of `config.yaml` are.
///
/// `$` means nothing in it, since every bcrypt hash is full of it. Keys of the format that fdsentry cannot honour
/// are problems: a setting for safety that does nothing is worse than one that is refused. `http2` is accepted
/// either way, because it is a permission; fdsentry speaks HTTP/1.1.
public final class WebConfigLoader {
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");
    private static final Form<String> BCRYPT = new Form<>("a bcrypt hash", Style.TEXT, WebConfigLoader::hash);
    private static final Form<String> HEADER = new Form<>("text", Style.TEXT, WebConfigLoader::header);
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Security-Policy", List.of(),
            "X-Frame-Options", List.of("deny", "sameorigin"),
            "X-Content-Type-Options", List.of("nosniff"),
            "X-XSS-Protection", List.of(),
            "Strict-Transport-Security", List.of());

    private WebConfigLoader() {}

    /// Reads a file; relative paths in it start at its directory.
    public static Loaded<WebConfig> load(Path file) {
        return read(file, FileContent.of(file));
    }

    static Loaded<WebConfig> read(Path file, FileContent content) {
        Problems problems = new Problems(file.toString());
        Context context = new Context(problems, new Expansion.Literal());
        Node document = YamlText.compose(content, problems);
        Section root = ConfigLoader.root(document, context);
        WebConfig config = config(root, file);
        root.end();
        context.finish();
        return problems.unless(config);
    }

    private static WebConfig config(Section root, Path file) {
        root.refuse("rate_limit", "fdsentry does not limit rates: scrapes only format the last sample");
        return new WebConfig(
                root.in("tls_server_config", section -> new TlsReader(file).read(section)),
                root.in("http_server_config", WebConfigLoader::headers),
                root.in("basic_auth_users", WebConfigLoader::users));
    }

    private static Map<String, String> headers(Section section) {
        section.find("http2", Forms.FLAG);
        return section.in("headers", WebConfigLoader::headerValues);
    }

    private static Map<String, String> headerValues(Section section) {
        Map<String, String> headers = new TreeMap<>();
        HEADERS.forEach((name, allowed) -> {
            String value = section.find(name, allowed.isEmpty() ? HEADER : Forms.choice(allowed, word -> word));
            if (value != null && !value.isEmpty()) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    private static Map<String, String> users(Section section) {
        Map<String, String> users = new TreeMap<>();
        section.all().forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf(':') >= 0) {
                section.keyProblem(name, "a user name must not be empty and holds no colon");
            }
            String hash = value.read(BCRYPT);
            if (hash != null) {
                users.put(name, hash);
            }
        });
        return users;
    }

    /// Never repeats the text, which may be a password.
    private static String hash(String text) throws BadValue {
        if (!HASH.matcher(text).matches()) {
            throw new BadValue("is not a bcrypt hash such as htpasswd -nBC 10 \"\" prints");
        }
        return text;
    }

    private static String header(String text) throws BadValue {
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || c > 0x7e)) {
            throw new BadValue("a header holds printable ASCII only");
        }
        return text;
    }
}
