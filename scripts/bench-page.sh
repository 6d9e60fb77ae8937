#!/bin/sh
# Measures the page with 500 processes in Chromium: src/test/java/io/fdsentry/web/PageBench.java.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/toolchain.sh
need_toolchain
build -q -Dquick -DskipTests package >&2
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "target/test-classes:target/fdsentry/lib/*" io.fdsentry.web.PageBench
