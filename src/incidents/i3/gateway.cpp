// A gateway of many worker threads. Each keeps a map from backend to connection, and never looks again at the entries of
// backends that have left the fleet (leaky), or closes and erases what it has not used for a while (repaired).
//
// gateway MODE FLEET WORKERS DAY FORGET: the file that names the backends of now, one "ip:port" a line; threads; seconds
// of a day; seconds after which a repaired worker forgets a connection.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Connection {
    int fd;
    Clock::time_point used;
};

static std::mutex fleet_lock;
static std::vector<std::string> fleet;

static void read_fleet(const std::string& file) {
    std::ifstream in(file);
    std::vector<std::string> now;
    for (std::string line; std::getline(in, line);) now.push_back(line);
    std::lock_guard<std::mutex> hold(fleet_lock);
    if (!now.empty()) fleet = now;
}

static std::string pick(std::mt19937& random) {
    std::lock_guard<std::mutex> hold(fleet_lock);
    return fleet.empty() ? "" : fleet[random() % fleet.size()];
}

static int dial(const std::string& backend) {
    size_t colon = backend.find(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(std::stoi(backend.substr(colon + 1)));
    inet_pton(AF_INET, backend.substr(0, colon).c_str(), &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static bool call(int fd) {
    char byte = '?';
    return send(fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv(fd, &byte, 1, 0) == 1;
}

static void work(unsigned seed, bool repaired, Seconds day, Seconds forget) {
    std::mt19937 random(seed);
    std::map<std::string, Connection> connections;
    const auto began = Clock::now();
    for (;;) {
        // Traffic follows the day: three times as much at its height as at night.
        double hour = Seconds(Clock::now() - began) / day;
        double pause = 0.5 * (1.0 - 0.5 * std::sin(2 * M_PI * hour));
        std::this_thread::sleep_for(Seconds(pause));
        std::string backend = pick(random);
        if (backend.empty()) continue;
        auto known = connections.find(backend);
        if (known == connections.end()) {
            int fd = dial(backend);
            if (fd < 0) continue;
            known = connections.emplace(backend, Connection{fd, Clock::now()}).first;
        }
        if (call(known->second.fd)) {
            known->second.used = Clock::now();
        } else {
            close(known->second.fd);
            connections.erase(known);
        }
        if (repaired) {
            for (auto it = connections.begin(); it != connections.end();) {
                if (Clock::now() - it->second.used > forget) {
                    close(it->second.fd);
                    it = connections.erase(it);
                } else {
                    ++it;
                }
            }
        }
    }
}

int main(int argc, char** argv) {
    if (argc != 6) {
        std::cerr << "usage: gateway leaky|repaired FLEET WORKERS DAY FORGET\n";
        return 2;
    }
    bool repaired = std::string(argv[1]) == "repaired";
    std::string file = argv[2];
    read_fleet(file);
    for (int worker = 0; worker < std::atoi(argv[3]); worker++) {
        std::thread(work, worker, repaired, Seconds(std::atof(argv[4])), Seconds(std::atof(argv[5]))).detach();
    }
    for (;;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        read_fleet(file);
    }
}
