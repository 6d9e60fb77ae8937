package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.util.List;

/// The open files of the whole machine, from `/proc/sys/fs/file-nr`
/// ([proc_sys_fs(5)](https://man7.org/linux/man-pages/man5/proc_sys_fs.5.html)); readable by everybody.
///
/// @param allocated file handles in use; the kernel counts in batches for each processor, so it is a little behind
/// @param max the most there may be; 2^63−1 where nobody set it
public record FileNr(long allocated, long max) {
    private static final String FILE = "sys/fs/file-nr";

    public static Outcome<FileNr> read(ProcFs procfs) {
        Outcome<FileNr> value = procfs.readOnce(FILE, FileNr::parse);
        return value instanceof Outcome.Gone ? Outcome.unsupported("no " + procfs.path(FILE)) : value;
    }

    /// @throws IllegalArgumentException if it is something else
    static FileNr parse(byte[] text) {
        List<String> words = ProcText.words(ProcText.decode(text));
        if (words.size() != 3) {
            throw new IllegalArgumentException("not three numbers: " + ProcText.quote(ProcText.decode(text)));
        }
        return new FileNr(Long.parseLong(words.get(0)), Long.parseLong(words.get(2)));
    }

    /// How many more files can be opened on this machine; never below 0.
    public long headroom() {
        return Math.max(0, max - allocated);
    }
}
