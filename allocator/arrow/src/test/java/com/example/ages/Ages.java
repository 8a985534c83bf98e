package com.example.ages;

import io.slabcache.SlabAllocator;
import io.slabcache.arrow.SlabAllocationManager;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;

/** Writes a file in Arrow's format and reads it back, all in memory of a slab allocator. */
public final class Ages {
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        try (SlabAllocator memory = SlabAllocator.builder("arrow").build();
                BufferAllocator root = new RootAllocator(RootAllocator.configBuilder()
                        .allocationManagerFactory(SlabAllocationManager.factory(memory))
                        .build())) {
            write(file, root);
            System.out.println("read " + read(file, root) + ", live objects "
                    + memory.stats().liveObjects());
        }
    }

    private static void write(Path file, BufferAllocator root) throws IOException {
        try (IntVector ages = new IntVector("age", root);
                VectorSchemaRoot table = VectorSchemaRoot.of(ages);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(table, null, channel)) {
            for (int row = 0; row < 1_000; row++) {
                ages.setSafe(row, row % 100);
            }
            table.setRowCount(1_000);
            writer.writeBatch();
        }
    }

    private static long read(Path file, BufferAllocator root) throws IOException {
        long sum = 0;
        try (FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, root)) {
            while (reader.loadNextBatch()) {
                IntVector ages = (IntVector) reader.getVectorSchemaRoot().getVector("age");
                for (int row = 0; row < ages.getValueCount(); row++) {
                    sum += ages.get(row);
                }
            }
        }
        return sum;
    }
}
