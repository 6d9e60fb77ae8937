package io.fdsentry.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Passwords against bcrypt hashes ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)). A hash is meant to be
/// slow, about a tenth of a second, so that what was verified is remembered: a scrape costs nothing. Remembered
/// is a keyed digest, never a password. Unknown ones are tried one at a time, which keeps nobody waiting who is
/// known, and wrong ones are remembered apart, so that no number of them makes a right one forgotten.
final class BasicAuth {
    private static final String SCHEME = "Basic ";
    private static final String DIGEST = "HmacSHA256";
    private static final int REMEMBERED = 100;
    /// bcrypt looks at no more.
    private static final int LONGEST_PASSWORD = 72;
    /// Of nobody's password: an unknown name takes as long as a wrong password.
    private static final String NOBODY = "$2b$10$5uKfHDPLbxiuGHrjWVM8UuV5Bb0sHpZPxnXk6zJz1mXfTzB0rWk2i";

    private final Mac mac;
    private final Set<String> right = memory();
    private final Set<String> wrong = memory();
    private final Object oneAtATime = new Object();

    BasicAuth() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(DIGEST);
            mac.init(new SecretKeySpec(key, DIGEST));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + DIGEST, e);
        }
    }

    /// Whether a request's `Authorization` names one of the users with his password.
    ///
    /// @param users bcrypt hashes by name
    boolean accepts(@Nullable String authorization, Map<String, String> users) {
        byte[] credentials = credentials(authorization);
        if (credentials == null) {
            return false;
        }
        String text = new String(credentials, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String user = text.substring(0, colon);
        String hash = users.getOrDefault(user, NOBODY);
        String key = digest(hash + "\n" + text);
        if (right.contains(key)) {
            return true;
        }
        synchronized (oneAtATime) {
            return !wrong.contains(key) && isRight(key, user, text.substring(colon + 1), hash, users);
        }
    }

    private boolean isRight(String key, String user, String password, String hash, Map<String, String> users) {
        boolean matches = matches(password.getBytes(StandardCharsets.UTF_8), hash) && users.containsKey(user);
        (matches ? right : wrong).add(key);
        return matches;
    }

    private static Set<String> memory() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        }));
    }

    private static byte @Nullable [] credentials(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            return Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean matches(byte[] password, String hash) {
        if (password.length > LONGEST_PASSWORD) {
            return false;
        }
        return BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
    }

    private synchronized String digest(String text) {
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
