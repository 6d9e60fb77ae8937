# The image of fdsentry, from the distribution that `mvn package` leaves in target/fdsentry:
#
#   mvn -B -Dquick -DskipTests package && docker build -t fdsentry .
#
# Built by BuildKit, buildah and the classic builder, on amd64 and arm64. The image has no need of a shell: the command
# is a one-line script whose interpreter is java itself.
ARG JDK=eclipse-temurin:25-jdk
ARG BASE=debian:bookworm-slim

FROM ${JDK} AS build
# Uncompressed modules: the layer compresses better than they do. Left out is what nobody here can ask for: charsets of two
# bytes a character, translations, keytool, names of Unicode's characters, what only linking, another JVM or C2 reads.
RUN jlink --output /opt/fdsentry/runtime --compress zip-0 --strip-debug --no-header-files --no-man-pages \
    --add-modules java.base,java.logging,java.management,java.net.http,jdk.httpserver,jdk.management,jdk.unsupported \
    --exclude-resources 'regex:/java\.base/sun/nio/cs/(GB18030|GBK|EUC_|Big5|HKSCS|JIS_|Johab|SJIS|MS932|DoubleByte).*,regex:.*_(ja|de|zh_CN|zh_TW)\.(class|properties),/java.base/sun/security/tools/keytool/Main*.class,/java.base/java/lang/uniName.dat' \
    --exclude-files '**/keytool,**/jwebserver,**/jexec,**/classlist,**/jrt-fs.jar,**/libsimdsort.so' && \
    strip --strip-unneeded /opt/fdsentry/runtime/lib/server/libjvm.so
COPY target/fdsentry/lib /opt/fdsentry/lib
COPY LICENSE /opt/fdsentry/LICENSE
COPY deploy/image/java.options deploy/image/fdsentry /opt/fdsentry/
COPY deploy/image/Jars.java /tmp/
# One name for the jar of any version; its manifest names the others, in an order that no file system changes.
RUN java /tmp/Jars.java /opt/fdsentry/lib/*.jar && \
    mv /opt/fdsentry/lib/fdsentry-*.jar /opt/fdsentry/lib/fdsentry.jar && \
    mkdir -p /opt/fdsentry/bin && mv /opt/fdsentry/fdsentry /opt/fdsentry/bin/fdsentry && \
    { echo "-XX:AOTCache=/opt/fdsentry/lib/fdsentry.aot"; cat /opt/fdsentry/java.options; } >/opt/fdsentry/launch.options && \
    chmod 0755 /opt/fdsentry/bin/fdsentry && chmod -R a+rX /opt/fdsentry

FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="fdsentry" \
      org.opencontainers.image.description="Which process leaks file descriptors, sockets, threads or goroutines, to whom, why, and how long is left" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/fdsentry /opt/fdsentry
# glibc's arenas for each thread would double the memory of a small daemon.
ENV PATH=/opt/fdsentry/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin MALLOC_ARENA_MAX=1
# The classes of a short run, ready to be mapped: trained here, at the final paths, with the final runtime and jars. It
# has to be made anew whenever a jar changes, since the JVM does not compare them.
RUN ["/opt/fdsentry/runtime/bin/java", "-XX:AOTCacheOutput=/opt/fdsentry/lib/fdsentry.aot", "@/opt/fdsentry/java.options", "train"]
USER 10177:10177
EXPOSE 10177
ENTRYPOINT ["/opt/fdsentry/bin/fdsentry"]
CMD ["run"]
