# Installs what the tests need. Where this may not or cannot be done, one line says what is missing; the tests that need
# it then say that they are skipped, or fail where CI=true. Sourced by verify.

tools="${XDG_CACHE_HOME:-$HOME/.cache}/fdsentry-tools"

# Programs of the system's own suite: real targets, real peers, and what makes namespaces, pods and machines.
packages="gcc libc6-dev g++ golang-go iproute2 lsof procps util-linux python3 python3-venv curl openssl jq tmux
    nginx-light redis-server postgresql libnginx-mod-stream
    podman runc catatonit debootstrap uidmap systemd
    qemu-system-x86 qemu-system-arm busybox-static cpio xz-utils
    chromium fonts-dejavu-core"

provides() { # the file that shows that a package is there
    case "$1" in
        libc6-dev) echo /usr/include/stdio.h ;;
        golang-go) command -v go || echo /usr/bin/go ;;
        iproute2) echo /bin/ss ;;
        python3-venv) python3 -c 'import venv, ensurepip; print(venv.__file__)' 2>/dev/null || echo /usr/bin/none ;;
        procps) echo /usr/bin/pgrep ;;
        util-linux) echo /usr/bin/unshare ;;
        nginx-light) echo /usr/sbin/nginx ;;
        libnginx-mod-stream) echo /usr/lib/nginx/modules/ngx_stream_module.so ;;
        redis-server) echo /usr/bin/redis-server ;;
        postgresql) find /usr/lib/postgresql -name postgres -type f 2>/dev/null | grep . || echo /usr/lib/postgresql/none ;;
        qemu-system-x86) echo /usr/bin/qemu-system-x86_64 ;;
        qemu-system-arm) echo /usr/bin/qemu-system-aarch64 ;;
        busybox-static) echo /bin/busybox ;;
        xz-utils) echo /usr/bin/xz ;;
        uidmap) echo /usr/bin/newuidmap ;;
        systemd) echo /usr/bin/systemd-analyze ;;
        debootstrap) echo /usr/sbin/debootstrap ;;
        fonts-dejavu-core) echo /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ;;
        *) command -v "$1" || echo "/usr/bin/$1" ;;
    esac
}

missing_packages() {
    for package in $packages; do
        [ -e "$(provides "$package")" ] || printf '%s ' "$package"
    done
}

# Newer Debian suites than the system's own, through an apt configuration apart: nothing of it is installed, packages are
# only unpacked below $tools. Needs the mirror and the keyring that the system uses.
newer_suites() {
    mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || mirror=$(sed -n 's/^deb \(\[[^]]*\] \)*\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || return 1
    mkdir -p "$tools/apt/lists/partial" "$tools/apt/archives/partial"
    for suite in trixie forky sid; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
    done >"$tools/apt/sources.list"
    apt_options="-o Dir::Etc::sourcelist=$tools/apt/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$tools/apt/lists
        -o Dir::Cache::archives=$tools/apt/archives -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get $apt_options -qq update >&2
}

unpack_newer() { # FOLDER PACKAGE...: the newest of the newer suites, unpacked
    folder=$1
    shift
    [ -e "$tools/$folder.done" ] && return 0
    [ -e "$tools/apt/sources.list" ] && [ -n "${apt_options:-}" ] || newer_suites || return 1
    rm -rf "${tools:?}/$folder" && mkdir -p "$tools/$folder/deb"
    # shellcheck disable=SC2086
    (cd "$tools/$folder/deb" && apt-get $apt_options -qq download "$@" >&2) || return 1
    for deb in "$tools/$folder"/deb/*.deb; do
        dpkg -x "$deb" "$tools/$folder" || return 1
    done
    rm -r "$tools/$folder/deb"
    touch "$tools/$folder.done"
}

need_prometheus() { # Prometheus 3 and its Alertmanager; the latter looks for its template at one fixed place
    unpack_newer prometheus prometheus promtool prometheus-alertmanager || return 1
    if [ ! -e /usr/share/prometheus/alertmanager/default.tmpl ]; then
        mkdir -p /usr/share/prometheus
        ln -sfn "$tools/prometheus/usr/share/prometheus/alertmanager" /usr/share/prometheus/alertmanager
    fi
}

need_vmalert() { # the other program that reads Prometheus' rules
    unpack_newer victoria-metrics victoria-metrics/trixie
}

# One Go release of each minor whose goroutines fdsentry reads, the last of each known here.
go_releases="1.18.10 1.19.13 1.20.14 1.21.13 1.22.12 1.23.12 1.24.13 1.25.9 1.26.8 1.27.3"

need_go() { # RELEASE: sets go_root to where it is, and makes $tools/go/MINOR a link to it; go downloads what it has not
    go_root=$(cd / && GOTOOLCHAIN="go$1" go env GOROOT) || return 1
    [ "$(head -n 1 "$go_root/VERSION")" = "go$1" ] || return 1 # a go before 1.21 is always itself
    mkdir -p "$tools/go"
    ln -sfn "$go_root" "$tools/go/$(echo "$1" | cut -d. -f1-2)"
}

need_python() { # schemas of Kubernetes, in a Python of their own
    [ -e "$tools/python.done" ] && return 0
    python3 -m venv "$tools/python" && "$tools/python/bin/pip" install -q kubernetes-validate==1.37.0 >&2 && touch "$tools/python.done"
}

need_kubernetes() { # kubectl for kustomize, and Helm; the latter takes minutes to build, once
    if ! command -v kubectl >/dev/null 2>&1; then
        unpack_newer kubectl kubectl/trixie && mkdir -p "$tools/bin" && ln -sf ../kubectl/usr/bin/kubectl "$tools/bin/kubectl" || return 1
    fi
    [ -x "$tools/bin/helm" ] && return 0
    (cd / && GOBIN="$tools/bin" nice go install helm.sh/helm/v4/cmd/helm@v4.3.1 >&2)
}

need_process_exporter() { # a Go program that others wrote, to read goroutines of
    unpack_newer process-exporter prometheus-process-exporter
}

need_upx() { # what packs programs; with the C library it is made for, and a script that puts the two together
    unpack_newer upx upx-ucl/trixie libucl1/trixie libc6/trixie libgcc-s1/trixie libstdc++6/trixie zlib1g/trixie || return 1
    mkdir -p "$tools/bin"
    printf '#!/bin/sh\nexec %s --library-path %s %s "$@"\n' "$tools/upx/usr/lib64/ld-linux-x86-64.so.2" \
        "$tools/upx/usr/lib/x86_64-linux-gnu" "$tools/upx/usr/bin/upx-ucl" >"$tools/bin/upx"
    chmod +x "$tools/bin/upx"
}

need_tools() {
    missing=$(missing_packages)
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        # Packages must not start services on the machine that runs the tests.
        if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
        fi
        apt-get -qq update >&2 || true
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 </dev/null || true
        missing=$(missing_packages)
    fi
    [ -z "$missing" ] || echo "verify: missing, so tests that need them are skipped: $missing(apt-get install $missing as root)" >&2
    if [ "$(id -u)" = 0 ] && command -v dpkg >/dev/null 2>&1; then
        need_prometheus || echo "verify: Prometheus 3 could not be unpacked from Debian's newer suites; tests that need it are skipped" >&2
        for machine in x86_64 aarch64; do
            scripts/vm.sh prepare "$machine" || echo "verify: no emulated $machine machine; tests that need it are skipped" >&2
        done
        need_python || echo "verify: no Python with Kubernetes' schemas; tests that need it are skipped" >&2
        need_kubernetes || echo "verify: no kubectl or helm; tests that need them are skipped" >&2
        scripts/images.sh prepare || echo "verify: no base images; tests of the image are skipped" >&2
        need_process_exporter || echo "verify: process-exporter could not be unpacked from Debian's newer suites; the test that needs it is skipped" >&2
        need_upx || echo "verify: upx could not be unpacked from Debian's newer suites; the test that needs it is skipped" >&2
        need_vmalert || echo "verify: vmalert could not be unpacked from Debian's newer suites; the test that needs it is skipped" >&2
    fi
    for release in $go_releases; do
        need_go "$release" || echo "verify: no Go $release; tests that need it are skipped" >&2
    done
    PATH="$tools/bin:$tools/prometheus/usr/bin:$tools/victoria-metrics/usr/bin:/usr/sbin:/sbin:$PATH"
    FDSENTRY_TOOLS=$tools
    export PATH FDSENTRY_TOOLS
}
