package io.fdsentry.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and private keys as files hold them ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)): PKCS#8,
/// and the older forms of RSA (PKCS#1) and EC (SEC 1, RFC 5915) keys that openssl and cert-manager write.
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    /// rsaEncryption with its null parameters (RFC 8017).
    private static final byte[] RSA = {6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 1, 1, 5, 0};
    /// id-ecPublicKey (RFC 5480); the curve follows.
    private static final byte[] EC = {6, 7, 42, (byte) 134, 72, (byte) 206, 61, 2, 1};

    private Pem() {}

    /// All certificates of a file, in its order.
    static List<X509Certificate> certificates(byte[] file) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (var certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(file))) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return certificates;
    }

    /// The first private key of a file.
    static PrivateKey privateKey(byte[] file) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(new String(file, StandardCharsets.US_ASCII));
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY":
                    return pkcs8(der);
                case "RSA PRIVATE KEY":
                    return pkcs8(wrapped(der, RSA));
                case "EC PRIVATE KEY":
                    return pkcs8(wrapped(der, concatenated(EC, curve(der))));
                case "ENCRYPTED PRIVATE KEY":
                    throw new GeneralSecurityException("the key is encrypted; fdsentry has no passphrase for it");
                default:
                    break;
            }
        }
        throw new GeneralSecurityException("no private key in it");
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm
            }
        }
        throw new GeneralSecurityException("the key is neither RSA nor EC nor EdDSA");
    }

    private static byte[] wrapped(byte[] key, byte[] algorithm) {
        return der(SEQUENCE, concatenated(VERSION_0, der(SEQUENCE, algorithm), der(OCTETS, key)));
    }

    /// The curve a SEC 1 key names itself: the content of its element `[0]`, after version and key.
    private static byte[] curve(byte[] key) throws GeneralSecurityException {
        try {
            Der all = new Der(key).enter(SEQUENCE);
            all.skip();
            all.skip();
            return all.content(PARAMETERS);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    "the EC key does not name its curve; convert it: openssl pkcs8 -topk8", e);
        }
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
