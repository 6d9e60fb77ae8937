package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SocketMemoryTest {
    private static final long HIGHEST = 0xffff_ffffL;

    private final SocketMemory memory = new SocketMemory();

    @Test
    void aNewSocketHasNothingOfTheOneThatWasInItsPlace() {
        int old = memory.add(7);
        fill(old);
        memory.sweep(_ -> false);
        int slot = memory.add(7);
        assertEquals(0, memory.firstSeen(slot));
        assertEquals(0, memory.stateSince(slot));
        assertEquals(0, memory.byteMoved(slot));
        assertEquals(0, memory.listedRound(slot));
        assertEquals(0, memory.receiveQueue(slot));
        assertEquals(0, memory.sendQueue(slot));
        assertEquals(0, memory.namespace(slot));
        assertEquals(SocketMemory.NO_PEER, memory.peer(slot));
        assertEquals(0, memory.holders(slot, 3));
        assertFalse(memory.is(slot, SocketMemory.WAS_LISTED));
    }

    @Test
    void eachFactHasItsOwnPlace() {
        int slot = memory.add(HIGHEST);
        fill(slot);
        check(slot);
        memory.state(slot, TcpState.ESTABLISHED, 5);
        memory.protocol(slot, Protocol.TCP);
        memory.peer(slot, 1);
        memory.queues(slot, 1, 0);
        memory.list(slot, 1, 1, SocketMemory.DEAD, 0);
        assertEquals(TcpState.ESTABLISHED, memory.state(slot));
        assertEquals(Protocol.TCP, memory.protocol(slot));
        assertEquals(1, memory.namespace(slot));
        assertFalse(memory.is(slot, SocketMemory.DEAD));
        assertTrue(memory.is(slot, SocketMemory.WAS_LISTED | SocketMemory.INBOUND));
        assertEquals(1, memory.peer(slot));
        assertEquals(1, memory.receiveQueue(slot));
        assertEquals(0, memory.sendQueue(slot));
        assertEquals(HIGHEST, memory.inode(slot));
        assertEquals(42, memory.firstHolder(slot));
    }

    private void fill(int slot) {
        memory.list(slot, (1 << 28) - 1, 65_535, 0, 0);
        memory.firstSeen(slot, -1);
        memory.byteMoved(slot, Long.MIN_VALUE);
        memory.state(slot, TcpState.CLOSING, Long.MAX_VALUE);
        memory.protocol(slot, Protocol.OTHER);
        memory.set(slot, SocketMemory.WAS_LISTED | SocketMemory.DEAD | SocketMemory.INBOUND);
        memory.queues(slot, HIGHEST, HIGHEST - 1);
        memory.peer(slot, Integer.MAX_VALUE);
        memory.hold(slot, 42, 3);
        memory.hold(slot, 43, 3);
    }

    private void check(int slot) {
        assertEquals((1 << 28) - 1, memory.listedRound(slot));
        assertEquals(-1, memory.firstSeen(slot));
        assertEquals(Long.MIN_VALUE, memory.byteMoved(slot));
        assertEquals(Long.MAX_VALUE, memory.stateSince(slot));
        assertEquals(TcpState.CLOSING, memory.state(slot));
        assertEquals(Protocol.OTHER, memory.protocol(slot));
        assertEquals(65_535, memory.namespace(slot));
        assertEquals(HIGHEST, memory.receiveQueue(slot));
        assertEquals(HIGHEST - 1, memory.sendQueue(slot));
        assertEquals(Integer.MAX_VALUE, memory.peer(slot));
        assertEquals(2, memory.holders(slot, 3));
        assertEquals(42, memory.firstHolder(slot));
    }

    @Test
    void holdersAreCountedAfreshEachRound() {
        int slot = memory.add(9);
        memory.hold(slot, 1, 1);
        memory.hold(slot, 2, 1);
        assertEquals(0, memory.holders(slot, 2));
        memory.hold(slot, 2, 2);
        assertEquals(1, memory.holders(slot, 2));
        assertEquals(2, memory.firstHolder(slot));
    }

    @Test
    void agreesWithAMapThroughGrowthAndLossAndGivesMemoryBack() {
        Map<Long, Long> truth = new HashMap<>();
        Random random = new Random(1);
        long next = HIGHEST - 50_000;
        for (int round = 0; round < 60; round++) {
            int births = round < 30 ? random.nextInt(3000) : random.nextInt(10);
            for (int i = 0; i < births; i++) {
                next = next == HIGHEST ? 1 : next + 1 + random.nextInt(3);
                next &= HIGHEST;
                if (next != 0 && !truth.containsKey(next)) {
                    truth.put(next, (long) i);
                    memory.firstSeen(memory.add(next), i);
                }
            }
            int of = 2 + random.nextInt(10);
            memory.sweep(slot -> memory.inode(slot) % of != 0);
            truth.keySet().removeIf(inode -> inode % of == 0);
            assertEquals(truth.size(), memory.size());
            truth.forEach((inode, seen) -> assertEquals(seen, memory.firstSeen(memory.find(inode))));
        }
        assertEquals(SocketMemory.ABSENT, memory.find(next + 1 & HIGHEST));
        memory.sweep(_ -> false);
        assertEquals(0, memory.size());
    }
}
