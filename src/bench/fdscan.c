/* fdscan: what fdsentry does in one full round, by hand in C, as the measure of it.
 *
 *     fdscan [-n ROUNDS] PID...
 *
 * Counts the descriptors of each process by the size of its fd directory, reads the link of each, and remembers the
 * inodes of sockets in a hash table; then dumps the TCP sockets of IPv4 and IPv6 with tcp_info by sock_diag(7) and
 * finds the owner of each. Prints the counts of the last round and the processor time of each part in milliseconds, the
 * fastest and the median of all rounds, and the time on the wall.
 *
 *     cc -O2 -Wall -o fdscan fdscan.c
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 1 << 18, STATES = 13, MOST_ROUNDS = 1000 };

static unsigned long slot_inode[SLOTS];
static int slot_owner[SLOTS];
static long counted, listed, sockets, dumped, owned;
static long by_state[STATES];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static double now_ms(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* Where an inode is, or the free slot where it would go. */
static int slot_of(unsigned long inode) {
    int slot = (int)(inode * 0x9E3779B97F4A7C15UL >> 46);
    while (slot_inode[slot] != 0 && slot_inode[slot] != inode) {
        slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
}

static void count(int pid) {
    char path[64];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    if (stat(path, &st) == 0) {
        counted += st.st_size;
    }
}

static void list(int pid) {
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        ssize_t length = readlinkat(dirfd(directory), entry->d_name, text, sizeof text - 1);
        if (length < 0) {
            continue;
        }
        text[length] = 0;
        listed++;
        if (strncmp(text, "socket:[", 8) == 0) {
            unsigned long inode = strtoul(text + 8, NULL, 10);
            int slot = slot_of(inode);
            slot_inode[slot] = inode;
            slot_owner[slot] = pid;
            sockets++;
        } else if (text[0] == '/') {
            struct statx file;
            statx(dirfd(directory), entry->d_name, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_NLINK, &file);
        }
    }
    closedir(directory);
}

static void take(const struct inet_diag_msg *message) {
    dumped++;
    if (message->idiag_inode != 0 && slot_inode[slot_of(message->idiag_inode)] != 0 && message->idiag_state < STATES) {
        owned++;
        by_state[message->idiag_state]++;
    }
}

static void dump(int netlink, int family) {
    static char buffer[1 << 18];
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 body;
    } request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .body = {.sdiag_family = family, .sdiag_protocol = IPPROTO_TCP, .idiag_states = ~0U,
                 .idiag_ext = 1 << (INET_DIAG_INFO - 1)}};
    if (send(netlink, &request, sizeof request, 0) < 0) {
        die("send");
    }
    for (;;) {
        int length = (int)recv(netlink, buffer, sizeof buffer, 0);
        if (length < 0) {
            die("recv");
        }
        for (struct nlmsghdr *header = (void *)buffer; NLMSG_OK(header, length); header = NLMSG_NEXT(header, length)) {
            if (header->nlmsg_type == NLMSG_DONE) {
                return;
            }
            if (header->nlmsg_type == NLMSG_ERROR) {
                fprintf(stderr, "sock_diag refused\n");
                exit(1);
            }
            take(NLMSG_DATA(header));
        }
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print(const char *what, double *ms, int rounds) {
    qsort(ms, rounds, sizeof *ms, ascending);
    printf("%-6s %8.2f ms fastest %8.2f ms median\n", what, ms[0], ms[rounds / 2]);
}

int main(int argc, char **argv) {
    static double stat_ms[MOST_ROUNDS], list_ms[MOST_ROUNDS], dump_ms[MOST_ROUNDS], all_ms[MOST_ROUNDS];
    static double wall_ms[MOST_ROUNDS];
    int rounds = 1, option;
    while ((option = getopt(argc, argv, "n:")) == 'n') {
        rounds = atoi(optarg);
    }
    if (option != -1 || optind == argc || rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: fdscan [-n ROUNDS] PID...\n");
        return 2;
    }
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0) {
        die("socket");
    }
    for (int round = 0; round < rounds; round++) {
        memset(slot_inode, 0, sizeof slot_inode);
        memset(by_state, 0, sizeof by_state);
        counted = listed = sockets = dumped = owned = 0;
        double wall = now_ms(CLOCK_MONOTONIC);
        double start = now_ms(CLOCK_THREAD_CPUTIME_ID);
        for (int i = optind; i < argc; i++) {
            count(atoi(argv[i]));
        }
        double after_stat = now_ms(CLOCK_THREAD_CPUTIME_ID);
        for (int i = optind; i < argc; i++) {
            list(atoi(argv[i]));
        }
        double after_list = now_ms(CLOCK_THREAD_CPUTIME_ID);
        dump(netlink, AF_INET);
        dump(netlink, AF_INET6);
        double end = now_ms(CLOCK_THREAD_CPUTIME_ID);
        stat_ms[round] = after_stat - start;
        list_ms[round] = after_list - after_stat;
        dump_ms[round] = end - after_list;
        all_ms[round] = end - start;
        wall_ms[round] = now_ms(CLOCK_MONOTONIC) - wall;
    }
    printf("counted %ld listed %ld sockets %ld dumped %ld owned %ld established %ld close_wait %ld listen %ld\n", counted,
           listed, sockets, dumped, owned, by_state[1], by_state[8], by_state[10]);
    print("stat", stat_ms, rounds);
    print("list", list_ms, rounds);
    print("dump", dump_ms, rounds);
    print("all", all_ms, rounds);
    print("wall", wall_ms, rounds);
    return 0;
}
