#!/bin/sh
# Measures what reading the goroutines of a Go program from outside costs: CPU time of the reader, with the flags of the
# launcher. Needs go. Argument: how many goroutines (100000).
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/toolchain.sh
need_toolchain
out=target/bench
mkdir -p "$out"
build -q -Dquick -DskipTests package >&2
classes="target/fdsentry/lib/*:$out"
"$JAVA_HOME/bin/javac" -d "$out" -cp "$classes" src/bench/GoroutineBench.java
CGO_ENABLED=0 GO111MODULE=off go build -o "$out/crowd" src/test/resources/go/crowd.go
rm -f "$out/ask"
mkfifo "$out/ask"
"$out/crowd" "${1:-100000}" 0 <"$out/ask" >"$out/answer" &
crowd=$!
exec 3>"$out/ask" # as long as this shell lives
trap 'exec 3>&-; wait $crowd' EXIT
until grep -q ready "$out/answer"; do
    kill -0 "$crowd"
    sleep 0.1
done
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -cp "$classes" \
    GoroutineBench 15 "$crowd"
