package io.slabcache.memory;

import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Log;
import io.slabcache.memory.FileExtents.Extent;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Memory in a file, on a disk or in {@code /dev/shm}: another process that maps the file sees the objects. Needs no JVM
 * flag, and works on every system.
 *
 * <pre>{@code
 * MemorySource memory = FileMemory.of(Path.of("/dev/shm/orders"));
 * SlabCache orders = SlabCache.builder("orders", 128).memory(memory).build();
 * }</pre>
 *
 * <p>The file grows with each region. Its blocks are written before the region is handed out, so a full disk shows as an
 * exception of the call that needs memory, and not as a crash at the first touch. (File systems that copy on write or
 * compress may need room later nevertheless.) A part of the file that was given back is used again, and cut off if it is
 * at the end of the file. An alignment above 4 KiB costs as much room in the file again for each region, which {@link
 * MemoryRegion#overheadBytes()} tells.
 *
 * <p>When the last region is given back, the file is empty. It stays, and is the program's to delete.
 *
 * <p>No other program may write to the file or change its size. If the file was deleted, cut off or extended, the next
 * growth throws. An access to memory that was cut off throws {@link InternalError}, as the JDK says of every mapped
 * file; a close still works.
 *
 * <p>Any number of caches and threads may share a source. Two sources must not share a file; the second one is refused
 * as soon as the first has a region. One thread grows the file at a time; no thread waits to give a region back.
 */
public final class FileMemory implements MemorySource {
    private final GrowingFile file;

    /**
     * Taken by threads that grow the file and, if it is free, by those that give regions back. Held during input and
     * output, in which a thread stays mounted.
     */
    private final CountedLock lock = new CountedLock();

    /** Guarded by {@link #lock}. */
    private final FileExtents extents = new FileExtents();

    /** Parts of the file that are to be freed by the next thread that holds the lock. */
    private final AtomicReference<@Nullable Extent> returned = new AtomicReference<>();

    private FileMemory(GrowingFile file) {
        this.file = file;
    }

    /**
     * Makes a source of one file, and the file if there is none.
     *
     * @param path of a file without contents, or of none yet; delete what an earlier program left there
     * @return the source
     * @throws IllegalArgumentException if this is a directory or another special file, a file with contents, or in a
     *     file system that is not the default one
     * @throws MemoryRefusedException if the file cannot be made or written to
     */
    public static FileMemory of(Path path) {
        Path file = path.toAbsolutePath();
        if (file.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("path is " + path.toUri() + "; expected one of the default file system");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("path is " + file + ", which is "
                    + (Files.isDirectory(file) ? "a directory" : "no regular file") + "; expected a file, or none yet");
        }
        try {
            return new FileMemory(GrowingFile.create(file));
        } catch (IOException e) {
            throw refused(file, "cannot be written to", e);
        }
    }

    /**
     * Makes a region.
     *
     * @throws MemoryRefusedException if the disk is full, or another program changed or deleted the file
     */
    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemorySizes.require(bytes, alignment);
        Extent extent = new Extent();
        Arena arena = Arena.ofShared();
        boolean made = false;
        try {
            MemorySegment whole = grow(extent, MemorySizes.bytesFor(bytes, alignment), arena);
            long gap = -whole.address() & alignment - 1;
            MemoryRegion region =
                    new FileRegion(this, extent, arena, whole.asSlice(gap, bytes), whole.byteSize() - bytes);
            made = true;
            return region;
        } finally {
            if (!made) {
                arena.close();
                giveBack(extent);
            }
        }
    }

    @Override
    public long regionBytes(long bytes, long alignment) {
        return MemorySizes.bytesFor(bytes, alignment);
    }

    private MemorySegment grow(Extent extent, long bytes, Arena arena) {
        lock.lockMounted();
        try {
            freeReturned();
            extents.take(extent, bytes);
            return file.map(extent.offset(), bytes, arena);
        } catch (IOException e) {
            throw refused(file.path(), "cannot hold " + bytes + " bytes more", e);
        } finally {
            lock.unlockMounted();
        }
    }

    private static MemoryRefusedException refused(Path path, String what, IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.toString();
        return new MemoryRefusedException("memory in file " + path + " " + what + ": " + why, e);
    }

    /** Frees a part of the file, or leaves that to the thread that holds the lock. Waits for nothing. */
    private void giveBack(Extent extent) {
        if (extent.bytes() == 0) {
            return;
        }
        do {
            extent.nextReturned = returned.get();
        } while (!returned.compareAndSet(extent.nextReturned, extent));
        boolean more;
        do {
            more = returned.get() != null && tryFreeReturned();
        } while (more);
    }

    private boolean tryFreeReturned() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            freeReturned();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void freeReturned() {
        @Nullable Extent chain = returned.getAndSet(null);
        if (chain == null) {
            return;
        }
        while (chain != null) {
            @Nullable Extent next = chain.nextReturned;
            extents.free(chain);
            chain = next;
        }
        try {
            file.cutOff(extents.end());
        } catch (IOException e) {
            // The region has gone back. Only its blocks stay, until they are used again or cut off by the next one.
            Log.once("memory in file " + file.path() + " could not be cut off: " + e);
        }
    }

    /** {@return the file} */
    @Override
    public String toString() {
        return "FileMemory[" + file.path() + "]";
    }

    private record FileRegion(FileMemory owner, Extent extent, Arena arena, MemorySegment segment, long overheadBytes)
            implements MemoryRegion {
        @Override
        public void close() {
            arena.close();
            owner.giveBack(extent);
        }
    }
}
