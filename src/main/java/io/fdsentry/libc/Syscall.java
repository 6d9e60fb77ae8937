package io.fdsentry.libc;

/// System calls with their numbers on x86_64 (`arch/x86/entry/syscalls/syscall_64.tbl`) and on aarch64
/// (`include/uapi/asm-generic/unistd.h`).
enum Syscall {
    /// `int openat(int dirfd, const char *path, int flags)`
    OPENAT(257, 56),
    /// `int close(int fd)`
    CLOSE(3, 57),
    /// `ssize_t read(int fd, void *buf, size_t count)`
    READ(0, 63),
    /// `ssize_t pread64(int fd, void *buf, size_t count, off_t offset)`
    PREAD64(17, 67),
    /// `ssize_t getdents64(int fd, struct linux_dirent64 *dirp, size_t count)`
    GETDENTS64(217, 61),
    /// `ssize_t readlinkat(int dirfd, const char *path, char *buf, size_t size)`
    READLINKAT(267, 78),
    /// `int statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *buf)`
    STATX(332, 291),
    /// `ssize_t getxattr(const char *path, const char *name, void *value, size_t size)`
    GETXATTR(191, 8),
    /// `int socket(int domain, int type, int protocol)`
    SOCKET(41, 198),
    /// `int bind(int fd, const struct sockaddr *addr, socklen_t len)`
    BIND(49, 200),
    /// `ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *to, socklen_t tolen)`
    SENDTO(44, 206),
    /// `ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)`
    RECVFROM(45, 207),
    /// `int setsockopt(int fd, int level, int name, const void *value, socklen_t len)`
    SETSOCKOPT(54, 208),
    /// `int getsockopt(int fd, int level, int name, void *value, socklen_t *len)`
    GETSOCKOPT(55, 209),
    /// `int kill(pid_t pid, int signal)`
    KILL(62, 129),
    /// `int prlimit64(pid_t pid, int resource, const struct rlimit64 *new, struct rlimit64 *old)`
    PRLIMIT64(302, 261),
    /// `int ioctl(int fd, unsigned long request, void *argument)`
    IOCTL(16, 29),
    /// `int setns(int fd, int nstype)`
    SETNS(308, 268),
    /// `int clock_gettime(clockid_t id, struct timespec *time)`
    CLOCK_GETTIME(228, 113),
    /// `uid_t geteuid(void)`
    GETEUID(107, 175),
    /// `gid_t getegid(void)`
    GETEGID(108, 177),
    /// `ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long liovcnt,
    /// const struct iovec *remote, unsigned long riovcnt, unsigned long flags)`
    PROCESS_VM_READV(310, 270);

    /// Its number here.
    final long number;

    Syscall(int x8664, int aarch64) {
        number = Machine.CURRENT == Machine.AARCH64 ? aarch64 : x8664;
    }
}
