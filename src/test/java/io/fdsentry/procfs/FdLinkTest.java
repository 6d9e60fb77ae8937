package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FdLinkTest {
    @ParameterizedTest
    @CsvSource({
        "socket:[4711], SOCKET",
        "pipe:[40001], PIPE",
        "anon_inode:[eventfd], EVENTFD",
        "anon_inode:[eventpoll], EVENTPOLL",
        "anon_inode:inotify, INOTIFY",
        "anon_inode:[inotify], INOTIFY",
        "anon_inode:[timerfd], TIMERFD",
        "anon_inode:[signalfd], SIGNALFD",
        "anon_inode:[pidfd], PIDFD",
        "pidfd:[1234], PIDFD",
        "anon_inode:[io_uring], IO_URING",
        "anon_inode:bpf-map, BPF",
        "anon_inode:bpf-prog, BPF",
        "anon_inode:bpf_link, BPF",
        "anon_inode:[bpf_token], BPF",
        "anon_inode:btf, BPF",
        "anon_inode:[perf_event], OTHER",
        "anon_inode:[userfaultfd], OTHER",
        "anon_inode:, OTHER",
        "net:[4026531840], OTHER",
        "socket, OTHER",
        "'', OTHER",
        "/memfd:cache (deleted), MEMFD",
        "/memfd: (deleted), MEMFD"
    })
    void theKernelsOwnNamesTellTheKind(String text, FdKind kind) {
        assertEquals(kind, kind(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/dev/null",
                "/tmp/socket:[1]",
                "/memfd:a file really called so",
                "/var/log/x (deleted)",
                "/bytes that are no text \u00ff\u00fe\n"
            })
    void ofAPathTheFileMustBeAsked(String text) {
        assertNull(kind(text));
    }

    @Test
    void whatFollowsTheTextIsOfAnEarlierLink() {
        byte[] reused = "pipe:[12]345]".getBytes(ISO_8859_1);
        assertEquals(FdKind.PIPE, FdLink.kind(reused, 9));
        assertEquals(FdKind.OTHER, FdLink.kind(reused, 5));
    }

    @Test
    void theInodeIsTheNumberInBrackets() {
        assertEquals(4711, inode("socket:[4711]"));
        assertEquals(4294967295L, inode("socket:[4294967295]"));
    }

    @Test
    void theEndOfThePathSaysThatTheFileMayBeDeleted() {
        assertTrue(deleted("/tmp/x (deleted)"));
        assertFalse(deleted("/tmp/x (deleted).txt"));
        assertFalse(deleted("/tmp/x"));
        assertFalse(deleted(" (deleted)"));
    }

    private static @Nullable FdKind kind(String text) {
        return FdLink.kind(text.getBytes(ISO_8859_1), text.length());
    }

    private static long inode(String text) {
        return FdLink.inode(text.getBytes(ISO_8859_1), text.length());
    }

    private static boolean deleted(String text) {
        return FdLink.isDeleted(text.getBytes(ISO_8859_1), text.length());
    }
}
