package io.fdsentry.golang;

import java.nio.ByteBuffer;

/// Where the runtime keeps what it knows of all goroutines. Found, without symbols, in the code of the functions
/// that use it.
///
/// @param allgs address of the slice of pointers to all goroutines there ever were; it only grows
/// @param allglen its length as the runtime publishes it, after the pointers are there
/// @param allgptr where the pointers are, likewise
/// @param sched address of the structure `sched`
/// @param allp address of the slice of processors
record RuntimeVariables(long allgs, long allglen, long allgptr, long sched, long allp) {
    /// What `schedinit` allows as threads.
    private static final int MOST_THREADS = 10_000;
    private static final int LONGEST_FUNCTION = 1 << 16;
    private static final int ATTEMPTS = 5;
    /// No machine has so many.
    private static final long MOST_PROCESSORS = 1 << 16;

    static RuntimeVariables find(
            Bytes memory, Elf.Machine machine, ModuleData module, FunctionTable functions, Layout layout)
            throws Unreadable {
        Finder finder = new Finder(memory, machine, module, functions);
        finder.locate("runtime.allgadd", "runtime.schedinit", "runtime.procresize");
        long sched = finder.sched(layout);
        long allp = finder.slice(finder.procresize, 1, MOST_PROCESSORS);
        // The process runs on: what does not fit now may have moved while it was looked at.
        for (int attempt = 1; ; attempt++) {
            try {
                return finder.goroutines(sched, allp);
            } catch (Unreadable e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static final class Finder {
        private final Bytes memory;
        private final Elf.Machine machine;
        private final ModuleData module;
        private final FunctionTable functions;
        private int allgadd = -1;
        private int schedinit = -1;
        private int procresize = -1;

        Finder(Bytes memory, Elf.Machine machine, ModuleData module, FunctionTable functions) {
            this.memory = memory;
            this.machine = machine;
            this.module = module;
            this.functions = functions;
        }

        /// The runtime is among the first packages of the code, so this ends early.
        void locate(String first, String second, String third) throws Unreadable {
            int missing = 3;
            for (int i = 0; i < functions.count() && missing > 0; i++) {
                if (allgadd < 0 && functions.isNamed(i, first)) {
                    allgadd = i;
                } else if (schedinit < 0 && functions.isNamed(i, second)) {
                    schedinit = i;
                } else if (procresize < 0 && functions.isNamed(i, third)) {
                    procresize = i;
                } else {
                    continue;
                }
                missing--;
            }
            if (missing > 0) {
                throw Unreadable.failed("the program has no " + first + ", " + second + " or " + third);
            }
        }

        long sched(Layout layout) throws Unreadable {
            for (long stored : Operands.storedTo(machine, code(schedinit), functions.entry(schedinit), MOST_THREADS)
                    .addresses()) {
                if (isVariable(stored)) {
                    return stored - layout.at("sched.maxmcount");
                }
            }
            throw Unreadable.failed("runtime.schedinit does not tell where sched is");
        }

        /// The one slice that a function uses all three words of.
        long slice(int function, long least, long most) throws Unreadable {
            Operands operands = Operands.of(machine, code(function), functions.entry(function));
            for (long address : operands.addresses()) {
                if (isVariable(address) && operands.has(address + 8) && operands.has(address + 16)) {
                    ByteBuffer slice = memory.read(address, 24);
                    long length = slice.getLong(8);
                    if (slice.getLong(0) != 0 && length >= least && length <= most && length <= slice.getLong(16)) {
                        return address;
                    }
                }
            }
            throw Unreadable.failed(functions.name(function) + " does not tell where its variable is");
        }

        RuntimeVariables goroutines(long sched, long allp) throws Unreadable {
            long allgs = slice(allgadd, 1, Integer.MAX_VALUE);
            ByteBuffer slice = memory.read(allgs, 16);
            Operands operands = Operands.of(machine, code(allgadd), functions.entry(allgadd));
            long pointers = holding(operands, allgs, slice.getLong(0));
            long length = holding(operands, allgs, slice.getLong(8));
            return new RuntimeVariables(allgs, length, pointers, sched, allp);
        }

        /// A variable of its own that holds the same as a word of the slice.
        private long holding(Operands operands, long slice, long value) throws Unreadable {
            for (long address : operands.addresses()) {
                boolean apart = address < slice || address >= slice + 24;
                if (apart && isVariable(address) && memory.read(address, 8).getLong(0) == value) {
                    return address;
                }
            }
            throw Unreadable.failed("runtime.allgadd does not tell where its variables are");
        }

        private boolean isVariable(long address) {
            return (address & 7) == 0
                    && (module.data().has(address)
                            || module.bss().has(address)
                            || module.pointerless().has(address));
        }

        private ByteBuffer code(int function) throws Unreadable {
            long start = functions.entry(function);
            long length = functions.entry(function + 1) - start;
            if (length <= 0 || length > LONGEST_FUNCTION) {
                throw Unreadable.failed(functions.name(function) + " has an impossible length");
            }
            return memory.read(start, (int) length);
        }
    }
}
