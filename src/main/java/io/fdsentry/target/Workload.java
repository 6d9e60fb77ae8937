package io.fdsentry.target;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/// The workload a pod belongs to, from its name alone: what is left without the parts its controller added.
///
/// | controller | adds | `NAME` of |
/// |---|---|---|
/// | Deployment | `-HASH-XXXXX`, the hash of the ReplicaSet | `api-7d4b9c6f58-x2x4z` |
/// | ReplicaSet, DaemonSet, Job | `-XXXXX` | `agent-x2x4z` |
/// | CronJob | `-MINUTES-XXXXX`, minutes since 1970 | `nightly-28901234-x2x4z` |
/// | indexed Job | `-INDEX-XXXXX` | not told from a name that ends in a number |
/// | StatefulSet | `-ORDINAL` | `db-0` |
///
/// Kubernetes draws hash and suffix from `bcdfghjklmnpqrstvwxz2456789`, without vowels and look-alikes, so that a
/// name a person chose is rarely taken for one; a bare pod whose own name ends like that loses the end.
final class Workload {
    private static final String SAFE = "[bcdfghjklmnpqrstvwxz2456789]";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(.+)-" + SAFE + "{6,10}-" + SAFE + "{5}"),
            Pattern.compile("(.+)-[0-9]{8,10}-" + SAFE + "{5}"),
            Pattern.compile("(.+)-" + SAFE + "{5}"),
            Pattern.compile("(.+)-[0-9]+"));

    private Workload() {}

    /// @param pod its name; empty for none
    static String of(String pod) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(pod);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return pod;
    }
}
