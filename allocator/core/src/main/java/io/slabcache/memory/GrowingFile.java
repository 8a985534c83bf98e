package io.slabcache.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows and shrinks at its end, and whose parts are mapped. Opened for each step only, because an interrupt
 * closes the channel under a thread; the step is then done again. Used by one thread at a time.
 */
final class GrowingFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;

    /** Tells the file from another one of the same name; null if the system has no such key. */
    private @Nullable Object key;

    /** The bytes that have blocks; the size of the file, unless another program changed it. */
    private long size;

    /** The size that an interrupted growth was to reach. */
    private long tried;

    private GrowingFile(Path path) {
        this.path = path;
    }

    /** Makes the file if there is none. */
    static GrowingFile create(Path path) throws IOException {
        GrowingFile file = new GrowingFile(path);
        long contents = file.uninterrupted(FileChannel::size, StandardOpenOption.CREATE);
        file.key = file.currentKey();
        if (contents != 0) {
            throw new IllegalArgumentException("path is " + path + ", a file of " + contents
                    + " bytes; expected an empty file or none yet, because its contents would be lost; delete it, or is"
                    + " it in use by another source?");
        }
        return file;
    }

    Path path() {
        return path;
    }

    /**
     * Maps a part of the file, which grows if necessary. If that fails, the file has its old size.
     *
     * @param arena ends the mapping
     */
    MemorySegment map(long offset, long bytes, Arena arena) throws IOException {
        boolean mapped = false;
        try {
            uninterrupted(channel -> {
                requireUnchanged(channel, size);
                writeTo(channel, offset + bytes);
                return channel;
            });
            MemorySegment segment = Aside.call(() -> mapNow(offset, bytes, arena));
            size = Math.max(size, offset + bytes);
            mapped = true;
            return segment;
        } finally {
            if (!mapped) {
                takeBack();
            }
        }
    }

    /** The JDK forgets a mapping if an interrupt arrives while it is made. */
    private MemorySegment mapNow(long offset, long bytes, Arena arena) throws IOException {
        try (FileChannel channel = open()) {
            requireUnchanged(channel, size);
            return channel.map(MapMode.READ_WRITE, offset, bytes, arena);
        }
    }

    /** Cuts off what a growth has written that failed. */
    private void takeBack() {
        if (tried > size) {
            try {
                uninterrupted(channel -> {
                    requireUnchanged(channel, size);
                    return channel.truncate(size);
                });
                tried = size;
            } catch (IOException e) {
                // The failure of the growth matters more. The next growth may write over it.
            }
        }
    }

    private @Nullable Object currentKey() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Throws if another program deleted, replaced, extended or truncated the file.
     *
     * @param least size; less than the last one if an interrupt may have hidden that the file was cut off
     */
    private void requireUnchanged(FileChannel channel, long least) throws IOException {
        if (!Objects.equals(currentKey(), key)) {
            throw new FileSystemException(path.toString(), null, "another file has taken its place");
        }
        if (channel.size() < least || channel.size() > Math.max(size, tried)) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "it has " + channel.size() + " bytes, expected " + size + "; another program or source changes it");
        }
    }

    private void writeTo(FileChannel channel, long end) throws IOException {
        if (end <= size) {
            return;
        }
        tried = Math.max(tried, end);
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer zeros =
                    arena.allocate(Math.min(BUFFER_BYTES, end - size)).asByteBuffer();
            for (long position = size; position < end; position += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), end - position));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, position + zeros.position());
                }
            }
        }
    }

    /** Cuts off what is behind the end of the parts in use. Leaves a file alone that another program changed. */
    void cutOff(long end) throws IOException {
        if (end < size) {
            uninterrupted(channel -> {
                requireUnchanged(channel, end);
                return channel.truncate(end);
            });
            size = end;
            tried = end;
        }
    }

    private interface Step<T> {
        T run(FileChannel channel) throws IOException;
    }

    private FileChannel open(StandardOpenOption... more) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        options.addAll(List.of(more));
        return FileChannel.open(path, options);
    }

    private <T> T uninterrupted(Step<T> step, StandardOpenOption... more) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = open(more)) {
                    return step.run(channel);
                } catch (ClosedByInterruptException e) {
                    // The interrupt is for the program, not for the growth of its memory.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
