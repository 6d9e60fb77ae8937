#!/bin/sh
# Builds the image with other builders than podman's, of a Docker daemon of its own in a folder of its own, which ends
# with it; nothing is installed. Prints what each image says of itself.
#   builders.sh classic|buildkit
# Needs root and what scripts/images.sh prepare made.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/tools.sh"
case "${1:-}" in
    classic) export DOCKER_BUILDKIT=0 ;;
    buildkit) export DOCKER_BUILDKIT=1 ;;
    *) echo "usage: builders.sh classic|buildkit" >&2; exit 2 ;;
esac

if [ ! -e "$tools/docker.done" ]; then # the system's own suite: newer ones want a newer libc
    mkdir -p "$tools/docker/deb"
    (cd "$tools/docker/deb" && apt-get -qq download docker.io containerd runc >&2)
    for deb in "$tools"/docker/deb/*.deb; do dpkg -x "$deb" "$tools/docker"; done
    rm -r "$tools/docker/deb"
    touch "$tools/docker.done"
fi
PATH="$tools/docker/usr/bin:$tools/docker/usr/sbin:$PATH"
folder=$(mktemp -d)
socket="unix://$folder/socket"
dockerd --data-root "$folder/data" --exec-root "$folder/exec" -p "$folder/pid" -H "$socket" --bridge=none \
    --iptables=false --ip6tables=false --storage-driver=overlay2 >"$folder/log" 2>&1 &
daemon=$!
trap 'kill $daemon 2>/dev/null; wait $daemon || true; rm -rf "$folder"' EXIT
for _ in $(seq 120); do
    docker -H "$socket" version >/dev/null 2>&1 && break
    kill -0 $daemon || { cat "$folder/log" >&2; exit 1; }
    sleep 1
done
for image in debian:bookworm-slim eclipse-temurin:25-jdk; do
    "$here/images.sh" podman save -q --format docker-archive "docker.io/library/$image" | docker -H "$socket" load -q
done
docker -H "$socket" build -q --network=none --build-arg REVISION="$1" -t fdsentry "$here/.."
docker -H "$socket" inspect fdsentry --format 'revision={{index .Config.Labels "org.opencontainers.image.revision"}} user={{.Config.User}}'
docker -H "$socket" run --rm --network=none --read-only fdsentry --version
# With a cache that does not fit, Java would not start.
docker -H "$socket" run --rm --network=none --entrypoint /opt/fdsentry/runtime/bin/java fdsentry \
    -XX:AOTMode=on @/opt/fdsentry/launch.options /opt/fdsentry/bin/fdsentry --version
