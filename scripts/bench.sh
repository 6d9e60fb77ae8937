#!/bin/sh
# Measures the fd scan, and whole rounds of the sampler, against a C program that does the same by hand, side by side,
# over 50 processes with 60,000 fds and 50,000 TCP sockets, with the JVM's own choice of compilers and with the flags of
# the launcher. Prints ratios.
# Arguments go to fdload (src/bench/fdload.c): PROCESSES CONNECTIONS OTHERS.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/toolchain.sh
need_toolchain
out=target/bench
mkdir -p "$out"
build -q -Dquick -DskipTests package >&2
classes="target/fdsentry/lib/*:$out"
for program in fdload fdscan; do
    cc -O2 -Wall -Wextra -o "$out/$program" "src/bench/$program.c"
done
"$JAVA_HOME/bin/javac" -d "$out" -cp "$classes" src/bench/*.java

rm -f "$out/hold" "$out/pids"
mkfifo "$out/hold"
"$out/fdload" "$@" <"$out/hold" >"$out/pids" &
load=$!
exec 3>"$out/hold" # as long as this shell lives
trap 'exec 3>&-; wait $load' EXIT
while [ ! -s "$out/pids" ]; do
    kill -0 "$load"
    sleep 0.1
done

for flags in "-XX:+UseSerialGC" "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx56m"; do
    for bench in FdBench SampleBench; do
        echo "$bench, java $flags"
        # shellcheck disable=SC2046,SC2086 # both are lists of words
        "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED $flags -cp "$classes" \
            "$bench" 15 "$out/fdscan" $(cat "$out/pids")
    done
done
