/* fdload: processes that hold many descriptors, as something to scan.
 *
 *     fdload [PROCESSES [CONNECTIONS [OTHERS]]]        default 50 500 200: 60,000 fds, 50,000 TCP sockets
 *
 * Each process holds both ends of its CONNECTIONS on loopback (and one listener), and OTHERS descriptors shared out
 * between pipes, eventfds, files and deleted files. Prints the process ids in one line when all is open, and holds
 * everything until standard input closes.
 *
 *     cc -O2 -Wall -o fdload fdload.c
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int or_die(int result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
    return result;
}

static void raise_limit(void) {
    struct rlimit limit;
    or_die(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    or_die(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

static void connect_to_itself(int connections) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int listener = or_die(socket(AF_INET, SOCK_STREAM, 0), "socket");
    or_die(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    or_die(listen(listener, 128), "listen");
    or_die(getsockname(listener, (struct sockaddr *)&address, &length), "getsockname");
    for (int i = 0; i < connections; i++) {
        int client = or_die(socket(AF_INET, SOCK_STREAM, 0), "socket");
        or_die(connect(client, (struct sockaddr *)&address, sizeof address), "connect");
        or_die(accept(listener, NULL, NULL), "accept");
    }
}

static void open_others(int others) {
    for (int opened = 0; opened < others;) {
        int pipe_ends[2];
        char name[] = "/tmp/fdload-XXXXXX";
        or_die(pipe(pipe_ends), "pipe");
        or_die(eventfd(0, 0), "eventfd");
        or_die(open("/etc/hosts", O_RDONLY), "open /etc/hosts");
        opened += 4;
        if (opened % 20 == 0) {
            or_die(mkstemp(name), "mkstemp");
            unlink(name);
            opened++;
        }
    }
}

static void hold(int connections, int others, int ready, int done) {
    char byte = 0;
    connect_to_itself(connections);
    open_others(others);
    or_die(write(ready, &byte, 1), "write");
    while (read(done, &byte, 1) > 0) {
    }
    _exit(0);
}

int main(int argc, char **argv) {
    int processes = argc > 1 ? atoi(argv[1]) : 50;
    int connections = argc > 2 ? atoi(argv[2]) : 500;
    int others = argc > 3 ? atoi(argv[3]) : 200;
    int ready[2], done[2];
    char byte;
    raise_limit();
    or_die(pipe(ready), "pipe");
    or_die(pipe(done), "pipe");
    pid_t *pids = calloc(processes, sizeof *pids);
    for (int i = 0; i < processes; i++) {
        pids[i] = or_die(fork(), "fork");
        if (pids[i] == 0) {
            close(done[1]);
            close(ready[0]);
            hold(connections, others, ready[1], done[0]);
        }
    }
    close(ready[1]);
    for (int i = 0; i < processes; i++) {
        if (read(ready[0], &byte, 1) != 1) {
            fprintf(stderr, "a process failed\n");
            exit(1);
        }
    }
    for (int i = 0; i < processes; i++) {
        printf("%d%c", pids[i], i + 1 < processes ? ' ' : '\n');
    }
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {
    }
    close(done[1]);
    while (wait(NULL) > 0) {
    }
    return 0;
}
