package io.slabcache.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Held while this program measures: two measurements at once, of one user or of two, would measure each other. It is the
 * lock of JMH's own command line, which gives it up between two forks; this one is kept until the end.
 */
public final class MachineLock implements AutoCloseable {

    /** JMH's property to run all the same. */
    private static final String IGNORE = "jmh.ignoreLock";

    /** Read once, because {@link #acquire} sets the property for the runs of JMH within. */
    private static final boolean IGNORED = Boolean.getBoolean(IGNORE);

    private static final String EVERYONE = "rw-rw-rw-";

    private final FileChannel channel;

    private MachineLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of this machine, and has JMH ignore it meanwhile.
     *
     * @throws MachineBusyException if another program has it
     */
    public static MachineLock acquire() throws MachineBusyException {
        if (IGNORED) {
            return new MachineLock(null);
        }
        MachineLock lock = acquire(Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock"));
        System.setProperty(IGNORE, "true");
        return lock;
    }

    static MachineLock acquire(Path file) throws MachineBusyException {
        try {
            return writable(file);
        } catch (IOException e) {
            return readable(file);
        }
    }

    /** Each user may write to a file that this program made; JMH makes one for its own user only. */
    private static MachineLock writable(Path file) throws IOException, MachineBusyException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            channel = create(file);
        }
        return lock(channel, false);
    }

    private static FileChannel create(Path file) throws IOException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(EVERYONE));
            }
            return channel;
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
    }

    /** The file is another user's. A lock that can be shared excludes those who write to it. */
    private static MachineLock readable(Path file) throws MachineBusyException {
        try {
            return lock(FileChannel.open(file, StandardOpenOption.READ), true);
        } catch (IOException e) {
            throw new MachineBusyException(file, e);
        }
    }

    private static MachineLock lock(FileChannel channel, boolean shared) throws IOException, MachineBusyException {
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new MachineBusyException();
        }
        return new MachineLock(channel);
    }

    /** Gives it up; the end of the JVM does so, too. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
