package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a buffer have the names and fields that Netty gives to those of its own pools. */
class EventsTest {
    private static final List<String> NAMES =
            List.of("io.netty.AllocateBuffer", "io.netty.ReallocateBuffer", "io.netty.FreeBuffer");

    @TempDir
    Path folder;

    @Test
    void oneOfEachForABuffer() throws IOException {
        try (Buffers buffers = new Buffers("events")) {
            List<RecordedEvent> events = recorded(buffers.allocator);
            assertEquals(
                    List.of(NAMES.get(0), NAMES.get(1), NAMES.get(0), NAMES.get(2)),
                    events.stream().map(event -> event.getEventType().getName()).toList());
            RecordedEvent first = events.getFirst();
            assertEquals(100, first.getInt("size"));
            assertEquals(112, first.getInt("maxFastCapacity"));
            assertEquals(5_000, first.getInt("maxCapacity"));
            assertTrue(first.getBoolean("direct") && first.getBoolean("chunkPooled"));
            assertEquals(
                    SlabByteBufAllocator.class.getName(),
                    first.getClass("allocatorType").getName());
            assertEquals(3_000, events.get(1).getInt("newCapacity"));
            assertEquals(first.getLong("address"), events.get(1).getLong("address"));
            assertEquals(events.get(2).getLong("address"), events.get(3).getLong("address"));
            assertEquals(3_000, events.get(3).getInt("size"));
        }
    }

    /** A tool that reads Netty's fields finds all of them. */
    @Test
    void fieldsAreThoseOfNetty() throws IOException {
        List<RecordedEvent> theirs = recorded(new AdaptiveByteBufAllocator());
        try (Buffers buffers = new Buffers("fields")) {
            List<RecordedEvent> ours = recorded(buffers.allocator);
            for (String name : NAMES) {
                assertEquals(fields(theirs, name), fields(ours, name), name);
            }
        }
    }

    private static List<String> fields(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getFields()
                .stream()
                .map(EventsTest::nameAndType)
                .sorted()
                .toList();
    }

    private static String nameAndType(ValueDescriptor field) {
        return field.getTypeName() + " " + field.getName();
    }

    private List<RecordedEvent> recorded(ByteBufAllocator allocator) throws IOException {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            NAMES.forEach(name -> recording.enable(name).withoutStackTrace());
            recording.start();
            ByteBuf buffer = allocator.directBuffer(100, 5_000);
            buffer.capacity(3_000);
            buffer.release();
            recording.dump(file);
        }
        Class<?> type = allocator.getClass();
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> NAMES.contains(event.getEventType().getName()))
                .filter(event -> event.getClass("allocatorType").getName().equals(type.getName()))
                .toList();
    }
}
