package io.fdsentry.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// The one downcall: `long syscall(long number, ...)` of syscall(2), which every libc has. Pointers are passed as
/// longs, so that no segment is made for each; whoever passes one keeps its memory reachable until the call is
/// over.
final class Kernel {
    /// Where a call leaves errno; meaningful only after −1.
    static final StructLayout CAPTURED = Linker.Option.captureStateLayout();

    private static final long ERRNO = CAPTURED.byteOffset(PathElement.groupElement("errno"));
    private static final Linkage LINKAGE = Linkage.attempt();
    private static final MethodHandle SYSCALL = LINKAGE.handle();

    private Kernel() {}

    /// Why no call can be made here, in words; null where they can.
    static @Nullable String unavailable() {
        return LINKAGE.problem();
    }

    /// Makes a call, again when a signal interrupted it.
    ///
    /// @return its result, or the negative error number
    static long call(Syscall call, long a, long b, long c, long d, long e, long f) {
        long result;
        do {
            result = once(call, a, b, c, d, e, f);
        } while (result == -Errno.EINTR);
        return result;
    }

    /// Makes a call that must not be made again, such as close(2).
    ///
    /// @return its result, or the negative error number
    /// @throws IllegalStateException where [#unavailable] says why
    static long once(Syscall call, long a, long b, long c, long d, long e, long f) {
        return raw(call.number, a, b, c, d, e, f);
    }

    /// A call by its number.
    static long raw(long number, long a, long b, long c, long d, long e, long f) {
        MemorySegment captured = Scratch.get().captured();
        long result;
        try {
            result = (long) SYSCALL.invokeExact(captured, number, a, b, c, d, e, f);
        } catch (IllegalStateException unavailable) {
            throw unavailable;
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
        return result == -1 ? -captured.get(ValueLayout.JAVA_INT, ERRNO) : result;
    }

    /// The result of a call that succeeded.
    ///
    /// @param call its name
    /// @param subject the descriptor or process it was made for
    static long check(long result, String call, int subject) throws ErrnoException {
        return result < 0 ? check(result, call, Integer.toString(subject)) : result;
    }

    static long check(long result, String call, String subject) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(call + " " + subject, (int) -result);
        }
        return result;
    }

    /// What became of the attempt to link.
    ///
    /// @param handle makes the call, or throws IllegalStateException with the problem
    private record Linkage(MethodHandle handle, @Nullable String problem) {
        static Linkage attempt() {
            if (Machine.CURRENT == null) {
                return refusal("fdsentry runs on Linux on x86_64 and aarch64, not on " + System.getProperty("os.name")
                        + " on " + System.getProperty("os.arch"));
            }
            try {
                return new Linkage(link(), null);
            } catch (IllegalCallerException e) {
                return refusal("the JVM forbids native calls: start it with --enable-native-access=ALL-UNNAMED");
            }
        }

        private static MethodHandle link() {
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(1));
        }

        private static Linkage refusal(String problem) {
            MethodHandle refuse = MethodHandles.throwException(long.class, IllegalStateException.class)
                    .bindTo(new IllegalStateException(problem));
            Class<?> word = long.class;
            return new Linkage(
                    MethodHandles.dropArguments(
                            refuse, 0, MemorySegment.class, word, word, word, word, word, word, word),
                    problem);
        }
    }
}
