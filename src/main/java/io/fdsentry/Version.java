package io.fdsentry;

/// Which fdsentry this is.
public final class Version {
    /// From the manifest of the jar; `development` outside of one.
    public static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
