package io.fdsentry;

import io.fdsentry.evidence.DeepLook;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What evidence shows of a living process beyond the last round: its descriptors by name, and the stacks of its
/// goroutines where there is a source. Made for the thread that makes evidence, whose buffers it holds.
final class ProcessLook implements DeepLook {
    private final ProcFs procfs;
    private final FdDirectory directory;
    private final FdListing listing = new FdListing();
    private final Function<ProcessId, String> goroutines;

    /// @param goroutines stacks of all goroutines as text; empty where there are none to be had
    ProcessLook(Path procfs, Function<ProcessId, String> goroutines) {
        this.procfs = new ProcFs(procfs);
        this.directory = new FdDirectory(this.procfs);
        this.goroutines = goroutines;
    }

    @Override
    public Sampled<FdDetail> fds(ProcessId process, int most) {
        boolean seen = directory.list(process.pid(), listing).isSeen();
        if (!seen || !isStill(process)) {
            return Sampled.none();
        }
        int shown = Math.min(most, listing.size());
        List<FdDetail> details = new ArrayList<>(shown);
        IntStream.range(0, shown)
                .map(i -> (int) ((long) i * listing.size() / shown))
                .forEach(index -> details.add(detail(process.pid(), index)));
        return new Sampled<>(listing.size(), details);
    }

    @Override
    public String goroutines(ProcessId process) {
        return goroutines.apply(process);
    }

    /// Whether the number is not another process' by now.
    private boolean isStill(ProcessId process) {
        return PidStat.read(procfs, process.pid()) instanceof Outcome.Seen<PidStat>(PidStat stat)
                && stat.startTicks() == process.startTicks();
    }

    private FdDetail detail(int pid, int index) {
        FdKind kind = listing.kind(index);
        int fd = listing.fd(index);
        return new FdDetail(fd, kind, kind == FdKind.SOCKET ? "socket:[" + listing.inode(index) + "]" : link(pid, fd));
    }

    private String link(int pid, int fd) {
        try {
            return Files.readSymbolicLink(procfs.root().resolve(pid + "/fd/" + fd))
                    .toString();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }
}
