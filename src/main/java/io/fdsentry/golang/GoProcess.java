package io.fdsentry.golang;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Reason;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;

/// A process whose Go runtime was found: where everything is in it.
///
/// @param stat what it was when it was looked at first
/// @param build what its program says of itself
/// @param library where the source of the standard library was; empty where the program does not tell
record GoProcess(
        ProcFs procfs,
        PidStat stat,
        GoBuild build,
        Elf.Machine machine,
        Layout layout,
        TargetMemory memory,
        ModuleData module,
        RuntimeVariables variables,
        WaitReasons reasons,
        String library) {
    private static final String SCHEDULER = "runtime/proc.go";

    static GoProcess find(ProcFs procfs, ProcessId process) throws Unreadable {
        PidStat stat = stat(procfs, process.pid());
        if (stat.startTicks() != process.startTicks()) {
            throw Unreadable.gone();
        }
        Elf elf;
        GoBuild build;
        try (ProgramFile file = ProgramFile.open(procfs, process.pid())) {
            elf = Elf.parse(file);
            build = GoBuild.find(file, elf);
        }
        Layout layout = Layout.of(build);
        TargetMemory memory = new TargetMemory(procfs, process.pid());
        ModuleData module = ModuleData.find(memory, elf, elf.bias(stat.startCode()), build, layout);
        FunctionTable functions = new FunctionTable(module, new BlockCache(memory), layout);
        RuntimeVariables variables = RuntimeVariables.find(memory, elf.machine(), module, functions, layout);
        WaitReasons reasons = WaitReasons.find(memory, module.data());
        GoProcess found = new GoProcess(
                procfs, stat, build, elf.machine(), layout, memory, module, variables, reasons, library(functions));
        found.check();
        return found;
    }

    /// What the start of the path of each file of the standard library is.
    private static String library(FunctionTable functions) throws Unreadable {
        for (int i = 0; i < functions.count(); i++) {
            if (functions.isNamed(i, "runtime.schedinit")) {
                String file = functions.frames(functions.entry(i)).getLast().file();
                return file.endsWith(SCHEDULER) ? file.substring(0, file.length() - SCHEDULER.length()) : "";
            }
        }
        return "";
    }

    /// To be called after its memory was read: what was read is its own only if it is still the same process with
    /// the same program.
    void check() throws Unreadable {
        PidStat now = stat(procfs, stat.pid());
        if (now.startTicks() != stat.startTicks() || now.isEnding() || isOtherProgram(now)) {
            throw Unreadable.gone();
        }
    }

    private boolean isOtherProgram(PidStat now) {
        return now.startCode() != stat.startCode() || now.startStack() != stat.startStack();
    }

    private static PidStat stat(ProcFs procfs, int pid) throws Unreadable {
        return switch (PidStat.read(procfs, pid)) {
            case Outcome.Seen<PidStat>(PidStat stat) -> stat;
            case Outcome.Gone<PidStat> _ -> throw Unreadable.gone();
            case Outcome.Denied<PidStat>(Reason reason) -> throw Unreadable.denied(reason);
            case Outcome.Unsupported<PidStat>(String what) -> throw Unreadable.unsupported(what);
            case Outcome.Failed<PidStat>(String message) -> throw Unreadable.failed(message);
        };
    }

    /// A view of its table of functions for one call.
    FunctionTable functions() {
        return new FunctionTable(module, new BlockCache(memory), layout);
    }
}
