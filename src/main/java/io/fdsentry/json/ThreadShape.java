package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import java.io.IOException;
import java.util.List;

/// Kernel threads: how many in which state, what they are called, and what a JVM counts itself.
final class ThreadShape {
    private ThreadShape() {}

    static void members(JsonWriter json, Threads threads) throws IOException {
        Fields fields = new Fields(json);
        fields.counts("threads", threads.states());
        fields.numberIfKnown("threads_limit", threads.limit());
        if (!threads.groups().isEmpty()) {
            groups(json, threads);
        }
        if (threads.stuck().count() > 0) {
            json.name("threads_stuck").beginObject();
            fields.number("count", threads.stuck().count());
            fields.seconds("at_least", threads.stuck().atLeast());
            json.endObject();
        }
        Threads.Jvm jvm = threads.jvm();
        if (jvm != null) {
            json.name("jvm_threads").beginObject();
            fields.number("live", jvm.live());
            fields.number("peak", jvm.peak());
            fields.number("started", jvm.started());
            json.endObject();
        }
    }

    private static void groups(JsonWriter json, Threads threads) throws IOException {
        Fields fields = new Fields(json);
        json.name("thread_groups").beginArray();
        for (Threads.Group group : threads.groups()) {
            json.beginObject();
            fields.text("name", group.name());
            fields.number("count", group.count());
            fields.seconds("oldest_seconds", group.oldest());
            fields.seconds("newest_seconds", group.newest());
            json.endObject();
        }
        json.endArray();
    }

    static Threads read(Tree tree) {
        return new Threads(
                tree.counts("threads", ThreadState.class),
                tree.has("threads_limit") ? tree.big("threads_limit") : null,
                tree.has("thread_groups") ? tree.list("thread_groups", ThreadShape::group) : List.of(),
                tree.has("threads_stuck") ? stuck(tree.object("threads_stuck")) : Threads.Stuck.NONE,
                tree.has("jvm_threads") ? jvm(tree.object("jvm_threads")) : null);
    }

    private static Threads.Group group(Tree tree) {
        return new Threads.Group(
                tree.text("name"),
                tree.number("count"),
                tree.seconds("oldest_seconds"),
                tree.seconds("newest_seconds"));
    }

    private static Threads.Stuck stuck(Tree tree) {
        return new Threads.Stuck(tree.number("count"), tree.seconds("at_least"));
    }

    private static Threads.Jvm jvm(Tree tree) {
        return new Threads.Jvm(tree.number("live"), tree.number("peak"), tree.big("started"));
    }
}
