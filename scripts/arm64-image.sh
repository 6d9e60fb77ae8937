#!/bin/sh
# Builds the image for arm64 on a machine of another kind: the shipped Dockerfile, from stand-ins of its base images made
# of Debian 13's packages for arm64, its commands run by QEMU's user emulation, which the kernel is told of meanwhile.
#   arm64-image.sh FOLDER     leaves the image's /opt/fdsentry in FOLDER/opt/fdsentry; takes minutes
# Needs root and what scripts/images.sh prepare made. The packages are only unpacked, below the tools folder.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/tools.sh"
[ $# = 1 ] || { echo "usage: arm64-image.sh FOLDER" >&2; exit 2; }
destination=$(readlink -f "$1")
store="$tools/arm64-image"
packages_base="base-files bash ca-certificates coreutils findutils grep gzip libacl1 libattr1 libc-bin libc6 libcap2 libcrypt1
    libgcc-s1 libgmp10 libpcre2-8-0 libselinux1 libssl3t64 libstdc++6 libsystemd0 libtinfo6 libzstd1 mawk sed tar zlib1g"
packages_jdk="openjdk-25-jdk-headless openjdk-25-jre-headless binutils binutils-common binutils-aarch64-linux-gnu libbinutils
    libctf0 libctf-nobfd0 libjansson4 libsframe1"

pod() {
    "$here/images.sh" podman "$@"
}

arm_apt() {
    newer_suites
    mkdir -p "$store/apt/lists/partial" "$store/apt/archives/partial"
    echo "deb [arch=arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$store/apt/sources.list"
    arm_options="-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::status=/dev/null
        -o Dir::Etc::sourcelist=$store/apt/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$store/apt/lists
        -o Dir::Cache::archives=$store/apt/archives -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get $arm_options -qq update >&2
}

unpack() { # ROOT PACKAGE...
    root=$1
    shift
    mkdir -p "$store/deb"
    # shellcheck disable=SC2086
    (cd "$store/deb" && apt-get $arm_options -qq download "$@" >&2)
    for deb in "$store"/deb/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink
    done
    rm -r "$store/deb" "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
    mkdir -p "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
}

import() { # ROOT NAME PATH
    tar -C "$1" --numeric-owner -c . | pod import --arch arm64 --os linux --change "ENV PATH=$3/usr/bin:/bin" - "$2" >/dev/null
}

prepare() {
    [ ! -e "$store/done" ] || return 0
    rm -rf "$store"
    arm_apt
    unpack_newer qemu-user qemu-user/trixie
    mkdir -p "$store/root/usr/bin" "$store/root/usr/lib" "$store/root/usr/sbin" "$store/root/tmp"
    for link in bin lib sbin; do ln -s "usr/$link" "$store/root/$link"; done
    # shellcheck disable=SC2086
    unpack "$store/root" $packages_base
    ln -sf bash "$store/root/usr/bin/sh"
    chmod 1777 "$store/root/tmp"
    import "$store/root" localhost/arm64-base ""
    # shellcheck disable=SC2086
    unpack "$store/root" $packages_jdk
    take_jdk "$store/root/usr/lib/jvm/java-25-openjdk-arm64"
    import "$store/root" localhost/arm64-jdk /usr/lib/jvm/java-25-openjdk-arm64/bin:
    rm -rf "$store/root"
    touch "$store/done"
}

take_jdk() { # HOME: its configuration is a link to the system's, as its certificates are, which nobody has made here
    find "$1" -type l | while read -r link; do
        target=$(readlink "$link")
        case "$target" in
            /etc/ssl/*) rm "$link" && cp -L "$JAVA_HOME/lib/security/cacerts" "$link" ;;
            /*) [ ! -e "$store/root$target" ] || { rm "$link" && cp -rL "$store/root$target" "$link"; } ;;
        esac
    done
}

emulate() { # tells the kernel who runs programs for arm64, until this script ends
    magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
    mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
    formats=$(mktemp -d)
    mount -t binfmt_misc none "$formats"
    name="fdsentry-aarch64-$$"
    trap '[ ! -e "$formats/$name" ] || echo -1 >"$formats/$name"; umount "$formats"; rmdir "$formats"' EXIT
    trap 'exit 1' INT TERM HUP
    printf '%s' ":$name:M::$magic:$mask:$tools/qemu-user/usr/bin/qemu-aarch64:F" >"$formats/register"
}

. "$here/toolchain.sh"
need_toolchain
prepare
[ "$(uname -m)" = aarch64 ] || emulate
pod build -q --pull-never --network=none --platform linux/arm64 --build-arg JDK=localhost/arm64-jdk \
    --build-arg BASE=localhost/arm64-base -t localhost/fdsentry:arm64 "$here/.."
pod run --rm --network=none --pull=never --platform linux/arm64 --read-only --read-only-tmpfs=false localhost/fdsentry:arm64 --version
mkdir -p "$destination/opt"
mounted=$(pod image mount localhost/fdsentry:arm64)
cp -a "$mounted/opt/fdsentry" "$destination/opt/fdsentry"
pod image unmount localhost/fdsentry:arm64 >/dev/null
