package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and streams in Arrow's format are written from, and read into, memory of the slab allocator. */
class IpcFileTest extends ArrowMemory {
    private static final int BATCHES = 5;
    private static final int ROWS = 20_000;

    private VectorSchemaRoot table(BufferAllocator allocator) {
        return VectorSchemaRoot.of(
                new IntVector("id", allocator),
                new VarCharVector("name", allocator),
                new Float8Vector("price", allocator));
    }

    private void fill(VectorSchemaRoot table, int batch) {
        IntVector id = (IntVector) table.getVector("id");
        VarCharVector name = (VarCharVector) table.getVector("name");
        Float8Vector price = (Float8Vector) table.getVector("price");
        for (int row = 0; row < ROWS; row++) {
            id.setSafe(row, batch * ROWS + row);
            name.setSafe(row, ("row " + row).getBytes(StandardCharsets.UTF_8));
            if (row % 7 == 0) {
                price.setNull(row);
            } else {
                price.setSafe(row, row / 4.0);
            }
        }
        table.setRowCount(ROWS);
    }

    private void check(VectorSchemaRoot table, int batch) {
        assertEquals(ROWS, table.getRowCount());
        for (FieldVector vector : List.copyOf(table.getFieldVectors())) {
            // The reader slices one buffer for each batch, so the address may lie inside of it.
            assertTrue(vector.getDataBuffer().memoryAddress() != 0, vector::getName);
        }
        IntVector id = (IntVector) table.getVector("id");
        VarCharVector name = (VarCharVector) table.getVector("name");
        Float8Vector price = (Float8Vector) table.getVector("price");
        for (int row = 0; row < ROWS; row++) {
            assertEquals(batch * ROWS + row, id.get(row));
            assertEquals("row " + row, name.getObject(row).toString());
            assertEquals(row % 7 == 0, price.isNull(row));
            if (row % 7 != 0) {
                assertEquals(row / 4.0, price.get(row));
            }
        }
    }

    @Test
    void aFileComesBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("table.arrow");
        try (VectorSchemaRoot table = table(root);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(table, null, channel)) {
            writer.start();
            for (int batch = 0; batch < BATCHES; batch++) {
                fill(table, batch);
                writer.writeBatch();
            }
            writer.end();
        }
        assertEquals(0, live());
        assertEquals("ARROW1", new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII));

        try (FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, root)) {
            assertEquals(BATCHES, reader.getRecordBlocks().size());
            for (int batch = 0; batch < BATCHES; batch++) {
                assertTrue(reader.loadNextBatch());
                assertTrue(live() > 0);
                check(reader.getVectorSchemaRoot(), batch);
            }
            assertFalse(reader.loadNextBatch());
        }
        assertEquals(0, live());
    }

    @Test
    void aStreamComesBack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorSchemaRoot table = table(root);
                ArrowStreamWriter writer = new ArrowStreamWriter(table, null, bytes)) {
            writer.start();
            fill(table, 0);
            writer.writeBatch();
            writer.end();
        }
        try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), root)) {
            assertTrue(reader.loadNextBatch());
            check(reader.getVectorSchemaRoot(), 0);
            assertFalse(reader.loadNextBatch());
        }
        assertEquals(0, live());
    }
}
