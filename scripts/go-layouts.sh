#!/bin/sh
# Makes src/main/resources/io/fdsentry/golang/layouts.txt: where the fields of the Go runtime's structures lie, release by
# release, from the debug information of a program that each of them builds, for amd64 and for arm64 (where they are the
# same: it fails if not). Needs Go, and the network for the releases it does not have.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/tools.sh
out=src/main/resources/io/fdsentry/golang/layouts.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'package main\n\nfunc main() {}\n' >"$work/main.go"
columns=
for release in $go_releases; do
    need_go "$release"
    for machine in amd64 arm64; do
        GOROOT=$go_root GOTOOLCHAIN=local GO111MODULE=off CGO_ENABLED=0 GOARCH=$machine \
            "$go_root/bin/go" build -o "$work/$release-$machine" "$work/main.go"
    done
    columns="$columns $(echo "$release" | cut -d. -f1-2)=$work/$release-amd64,$work/$release-arm64"
done
mkdir -p "$(dirname "$out")"
{
    echo "# Offsets and sizes in bytes of the Go runtime's structures, on amd64 and arm64. Made by scripts/go-layouts.sh from"
    echo "# $(echo "$go_releases" | tr '\n' ' ' | tr -s ' ')"
    # shellcheck disable=SC2086 # a list of words
    (cd scripts/golayouts && GOFLAGS=-mod=mod GO111MODULE=off go run main.go $columns)
} >"$work/layouts.txt"
mv "$work/layouts.txt" "$out"
