#!/bin/sh
# Other real kernels, by QEMU's software emulation: prepares and boots a machine whose root is a small archive in memory.
#   vm.sh prepare x86_64|aarch64          Linux 6.1 with a Java runtime; Linux of Debian 13 on arm64 with its own
#   vm.sh boot x86_64|aarch64 FOLDER      adds FOLDER to the root, runs FOLDER/test.sh in it, prints the console, ends;
#                                         after VM_SECONDS (600) at the latest
# Everything is unpacked below the tools folder of scripts/tools.sh; nothing is installed. Nothing is compressed: what is
# emulated unpacks slowly.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/tools.sh"
. "$here/toolchain.sh"

suite_mirror() {
    mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || mirror=$(sed -n 's/^deb \(\[[^]]*\] \)*\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || { echo "vm.sh: no Debian mirror is configured on this machine" >&2; exit 1; }
}

foreign_apt() { # ARCHITECTURE SUITE: an apt configuration for packages that are only unpacked
    folder="$tools/vm-apt-$1-$2"
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    echo "deb [arch=$1 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $2 main" >"$folder/sources.list"
    apt_options="-o APT::Architecture=$1 -o APT::Architectures=$1 -o Dir::State::status=/dev/null
        -o Dir::Etc::sourcelist=$folder/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$folder/lists
        -o Dir::Cache::archives=$folder/archives -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get $apt_options -qq update >&2
}

fetch() { # FOLDER PACKAGE...: unpacks packages into a folder
    into=$1
    shift
    mkdir -p "$into" "$base/deb"
    # shellcheck disable=SC2086
    (cd "$base/deb" && apt-get $apt_options -qq download "$@" >&2)
    for deb in "$base"/deb/*.deb; do
        dpkg -x "$deb" "$into"
    done
    rm -r "$base/deb"
}

kernel_package() { # META: the kernel a meta package stands for
    # shellcheck disable=SC2086
    apt-cache $apt_options depends "$1" | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1
}

take_kernel() { # copies the kernel and the modules that sock_diag needs from $base/kernel into the root
    cp "$base"/kernel/boot/vmlinuz-* "$base/vmlinuz"
    mkdir -p "$base/root/modules"
    for module in inet_diag tcp_diag udp_diag unix_diag; do
        file=$(find "$base/kernel" -name "$module.ko*" | head -n 1)
        case "$file" in
            *.xz) xz -dc "$file" >"$base/root/modules/$module.ko" ;;
            *) cp "$file" "$base/root/modules/$module.ko" ;;
        esac
    done
    rm -rf "$base/kernel"
}

take_init() { # the first process: mounts, loads, runs the test, switches the machine off
    cat >"$base/root/init" <<'INIT'
#!/bin/sh
export PATH=/bin:/sbin:/usr/bin:/usr/sbin
mount -t proc proc /proc && mount -t sysfs sys /sys && mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /tmp /run && mount -t tmpfs tmp /tmp
for module in inet_diag tcp_diag udp_diag unix_diag; do insmod /modules/$module.ko; done
ip link set lo up
echo "vm: $(uname -r) $(uname -m)"
sh /test.sh
echo "vm: test ended with $?, $(cut -d ' ' -f 1 /proc/uptime) s after the start"
poweroff -f
INIT
    chmod +x "$base/root/init"
    mkdir -p "$base/root/proc" "$base/root/sys" "$base/root/dev" "$base/root/bin"
    for applet in sh mount mkdir insmod ip echo poweroff uname ls wc sleep cat kill readlink sed grep nc head tail awk \
        chmod ln id expr test true false cut tr sort find date env dirname touch stat rm su mkfifo timeout ps; do
        ln -sfn busybox "$base/root/bin/$applet"
    done
}

pack() {
    (cd "$base/root" && find . | cpio -o -H newc --quiet) >"$base/base.cpio"
    rm -rf "$base/root"
    touch "$base/done"
}

prepare_x86_64() {
    need_toolchain
    foreign_apt amd64 bookworm
    fetch "$base/kernel" "$(kernel_package linux-image-amd64)"
    take_kernel
    mkdir -p "$base/root/bin"
    cp "$(command -v busybox)" "$base/root/bin/busybox"
    "$JAVA_HOME/bin/jlink" --output "$base/root/java" --strip-java-debug-attributes --no-header-files --no-man-pages \
        --generate-cds-archive \
        --add-modules java.base,java.logging,java.management,java.net.http,jdk.httpserver,jdk.management,jdk.unsupported
    rm -f "$base"/root/java/lib/server/classes_*.jsa
    for binary in "$base/root/java/bin/java" "$base"/root/java/lib/*.so "$base/root/java/lib/server/libjvm.so"; do
        ldd "$binary" | grep -o '/[^ ]*' | grep -v "$base"
    done | sort -u | while read -r library; do
        mkdir -p "$base/root$(dirname "$library")"
        cp -L "$library" "$base/root$library"
    done
    take_init
    pack
}

prepare_aarch64() {
    foreign_apt arm64 trixie
    fetch "$base/kernel" "$(kernel_package linux-image-arm64)"
    take_kernel
    fetch "$base/root" openjdk-25-jre-headless busybox-static libc6 libgcc-s1 libstdc++6 zlib1g
    rm -rf "$base/root/usr/share" "$base"/root/usr/lib/jvm/*/lib/server/classes_*.jsa
    ln -s usr/lib "$base/root/lib"
    [ -e "$base/root/bin" ] || mkdir "$base/root/bin"
    cp "$base/root/usr/bin/busybox" "$base/root/bin/busybox"
    ln -s usr/lib/jvm/java-25-openjdk-arm64 "$base/root/java"
    take_init
    pack
}

boot() { # FOLDER
    added=$(mktemp -d)
    trap 'rm -rf "$added"' EXIT
    cp "$base/base.cpio" "$added/initrd"
    # Not the folder itself, which would hand its mode to the root: that of a temporary one keeps all but root out.
    (cd "$1" && find . -mindepth 1 | cpio -o -H newc --quiet) >>"$added/initrd"
    # An emulated clock cannot be calibrated on a loaded machine: the kernel would wait for ever, so it is told.
    case "$machine" in
        x86_64) set -- -M microvm,x-option-roms=off,rtc=on -cpu max -append "console=ttyS0 quiet panic=-1 random.trust_cpu=on tsc_early_khz=2000000 lpj=4000000 no_timer_check" ;;
        aarch64) set -- -M virt -cpu max,pauth-impdef=on -append "console=ttyAMA0 quiet panic=-1" ;;
    esac
    timeout "${VM_SECONDS:-600}" "qemu-system-$machine" "$@" -m 2048 -nographic -no-reboot -kernel "$base/vmlinuz" -initrd "$added/initrd" </dev/null
}

machine=${2:-}
base="$tools/machine-$machine"
case "${1:-} $machine" in
    "prepare x86_64" | "prepare aarch64")
        [ -e "$base/done" ] && exit 0
        rm -rf "$base"
        mkdir -p "$base"
        suite_mirror
        "prepare_$machine"
        ;;
    "boot x86_64" | "boot aarch64")
        [ -e "$base/done" ] || { echo "vm.sh: first: vm.sh prepare $machine" >&2; exit 1; }
        boot "$3"
        ;;
    *)
        echo "usage: vm.sh prepare x86_64|aarch64 | vm.sh boot x86_64|aarch64 FOLDER" >&2
        exit 2
        ;;
esac
