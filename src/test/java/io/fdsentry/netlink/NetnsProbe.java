package io.fdsentry.netlink;

import java.nio.file.Path;

/// Says what may be seen of the namespace of a process, in a process of its own that has fewer rights.
final class NetnsProbe {
    private NetnsProbe() {}

    public static void main(String[] args) {
        int pid = Integer.parseInt(args[0]);
        Netns netns = new Netns(Path.of("/proc"));
        var id = netns.of(pid);
        System.out.println(id);
        System.out.println(id.flatMap(expected -> netns.open(pid, expected)));
    }
}
