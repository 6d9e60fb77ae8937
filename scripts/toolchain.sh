# Finds a JDK 25 or newer and Maven, and exports JAVA_HOME; installs them with apt where it is root and the system has
# them; otherwise prints the one line that helps and exits 1. Sourced by run and verify.

release_of() { # the major version of the JDK in a folder, 0 when there is none
    [ -x "$1/bin/javac" ] || { echo 0; return; }
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0
}

find_jdk() {
    on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for home in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/*; do
        if [ -n "$home" ] && [ "$(release_of "$home")" -ge 25 ]; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

apt_has() {
    apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

need_toolchain() {
    missing=""
    find_jdk || missing="openjdk-25-jdk-headless"
    command -v mvn >/dev/null 2>&1 || missing="$missing maven"
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq >&2 || true
        for package in $missing; do
            if apt_has "$package"; then
                DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2 </dev/null || true
            fi
        done
    fi
    if find_jdk && command -v mvn >/dev/null 2>&1; then
        return 0
    fi
    echo "fdsentry needs a JDK 25 or newer (set JAVA_HOME to it) and Maven 3.8 or newer; Debian 13 has both: apt-get install openjdk-25-jdk-headless maven" >&2
    exit 1
}

build() { # quiet unless it fails; Maven on 25 repeats a warning of its own about Unsafe
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" mvn -B -ntp "$@" </dev/null
}
