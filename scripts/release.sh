#!/bin/sh
# Makes target/release: fdsentry-VERSION.tar.gz from target/fdsentry, the same bytes wherever it is made from the same
# commit, with its list of parts (CycloneDX) and SHA-256 sums. Run `mvn package` first.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/toolchain.sh
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
when=$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>|\1|p' pom.xml)
name="fdsentry-$version"
out=target/release
rm -rf "$out"
mkdir -p "$out/$name"

cp -r target/fdsentry/bin target/fdsentry/lib target/fdsentry/config.yaml "$out/$name"
rm -f "$out/$name"/lib/*.aot
cp README.md SECURITY.md CHANGELOG.md LICENSE "$out/$name"
cp -r docs "$out/$name/docs"
mkdir "$out/$name/deploy"
cp -r deploy/systemd deploy/prometheus deploy/alertmanager deploy/k8s deploy/helm "$out/$name/deploy"
cp -r grafana "$out/$name/grafana"

# What is in lib/, with the sums of its files.
need_toolchain
MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1" # a few seconds do not pay for more
build -q -Dquick -DoutputName="$name.cdx" -DoutputDirectory="$PWD/$out" -DoutputFormat=json -DincludeTestScope=false \
    -DincludeProvidedScope=false org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom >&2

# Names, owners, modes, order and times are all that an archive could differ in.
tar -C "$out" --sort=name --mtime="$when" --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX,go-w \
    --format=gnu -c "$name" | gzip -9 -n >"$out/$name.tar.gz"
rm -r "${out:?}/$name"
(cd "$out" && sha256sum -- *.tar.gz *.json >SHA256SUMS)
echo "$out:" && ls -1 "$out"
