#!/bin/sh
# Builds the shipped image on a machine without a registry: from stand-ins of its base images, made of the system's own
# Debian and JDK, in a store of its own, so that nobody's images are touched.
#   images.sh prepare           makes the base images, once
#   images.sh build             builds localhost/fdsentry:test from target/fdsentry and the Dockerfile, if it is not there
#   images.sh systemd           makes localhost/systemd, a small Debian whose first process is systemd, once
#   images.sh podman ARGS...    podman on that store
#   images.sh size              what the image adds to its slim base, compressed, in bytes
# Needs root, podman, runc and debootstrap. Everything is below the tools folder of scripts/tools.sh.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/tools.sh"
. "$here/toolchain.sh"
store="$tools/images"
export CONTAINERS_CONF="$store/containers.conf"

pod() {
    podman --root "$store/root" --runroot "$store/run" "$@"
}

configure() { # limits that any machine can set, and the runtime that works in whatever cgroups there are
    mkdir -p "$store"
    most=$(ulimit -Hn)
    [ "$most" != unlimited ] && [ "$most" -le 20000 ] || most=20000
    cat >"$CONTAINERS_CONF" <<CONF
[containers]
default_ulimits = ["nofile=$most:$most", "nproc=32768:32768"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
}

suite_mirror() {
    mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || mirror=$(sed -n 's/^deb \(\[[^]]*\] \)*\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || { echo "images.sh: no Debian mirror is configured on this machine" >&2; exit 1; }
}

import() { # FOLDER NAME
    tar -C "$1" --numeric-owner --exclude='./dev/*' -c . | pod import \
        --change 'CMD ["/bin/bash"]' --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        - "$2" >/dev/null
}

make_slim() {
    suite_mirror
    debootstrap --variant=minbase --include=ca-certificates bookworm "$store/slim" "$mirror" >"$store/debootstrap.log" 2>&1
    rm -rf "$store"/slim/var/cache/apt/archives/*.deb "$store"/slim/var/lib/apt/lists/* "$store"/slim/usr/share/doc/* \
        "$store"/slim/usr/share/man/* "$store"/slim/usr/share/locale/* "$store"/slim/usr/share/info/* \
        "$store"/slim/etc/apt/sources.list
    import "$store/slim" docker.io/library/debian:bookworm-slim
}

make_jdk() { # with objcopy, which jlink needs to strip
    mkdir -p "$store/deb"
    (cd "$store/deb" && apt-get -qq download binutils libbinutils libctf0 libctf-nobfd0 libgprofng0 binutils-common \
        "binutils-$(uname -m | tr _ -)-linux-gnu" libjansson4)
    dpkg --root="$store/slim" -i "$store"/deb/*.deb >/dev/null
    mkdir -p "$store/slim/opt/java"
    cp -aL "$JAVA_HOME" "$store/slim/opt/java/openjdk" # -L: its certificates are a link to the system's
    import "$store/slim" localhost/jdk-files
    printf 'FROM localhost/jdk-files\nENV JAVA_HOME=/opt/java/openjdk\nENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n' |
        pod build -q --pull-never --network=none -t docker.io/library/eclipse-temurin:25-jdk - >/dev/null
}

prepare() {
    [ ! -e "$store/done" ] || return 0
    need_toolchain
    rm -rf "${store:?}/slim" "$store/deb"
    configure
    make_slim
    make_jdk
    rm -rf "$store/slim" "$store/deb"
    touch "$store/done"
}

make_systemd() { # without what would set the kernel of the machine that runs the tests
    suite_mirror
    rm -rf "$store/init"
    debootstrap --variant=minbase --include=systemd,procps bookworm "$store/init" "$mirror" >"$store/debootstrap.log" 2>&1
    rm -rf "$store"/init/var/cache/apt "$store"/init/var/lib/apt "$store"/init/usr/share/doc "$store"/init/usr/share/locale
    cp "$(command -v busybox)" "$store/init/usr/bin/busybox"
    for unit in systemd-sysctl systemd-modules-load systemd-udevd systemd-remount-fs systemd-logind systemd-timesyncd getty@; do
        ln -sfn /dev/null "$store/init/etc/systemd/system/$unit.service"
    done
    import "$store/init" localhost/systemd
    rm -rf "$store/init"
}

build_image() { # one at a time, and not again of the same parts: training is what takes long
    exec 9>"$store/build.lock"
    flock 9
    parts=$(cd "$here/.." && cat Dockerfile LICENSE deploy/image/* target/fdsentry/lib/*.jar | sha256sum | cut -d' ' -f1)
    [ "$(pod image inspect -f '{{index .Labels "parts"}}' localhost/fdsentry:test 2>/dev/null)" != "$parts" ] || return 0
    pod build -q --pull-never --network=none --label "parts=$parts" -t localhost/fdsentry:test "$here/.." 9>&-
}

size() {
    image=$(mktemp -d)
    pod save -q --format oci-dir -o "$image/oci" localhost/fdsentry:test
    total=0
    # shellcheck disable=SC2013
    for layer in $(grep -o '"digest":"sha256:[0-9a-f]*"' "$image/oci"/blobs/sha256/"$(manifest "$image/oci/index.json")" | tail -n +3 | grep -o '[0-9a-f]\{64\}'); do
        bytes=$(gzip -9 -c "$image/oci/blobs/sha256/$layer" | wc -c)
        case "$(head -c 2 "$image/oci/blobs/sha256/$layer" | od -An -tx1)" in
            " 1f 8b") bytes=$(wc -c <"$image/oci/blobs/sha256/$layer") ;;
        esac
        total=$((total + bytes))
    done
    rm -rf "$image"
    echo "$total"
}

manifest() { # the first digest of an index
    grep -o 'sha256:[0-9a-f]*' "$1" | head -n 1 | cut -d: -f2
}

case "${1:-}" in
    prepare) prepare ;;
    build) build_image ;;
    systemd) pod image exists localhost/systemd || make_systemd ;;
    podman)
        shift
        pod "$@"
        ;;
    size) size ;;
    *)
        echo "usage: images.sh prepare | build | systemd | podman ARGS... | size" >&2
        exit 2
        ;;
esac
