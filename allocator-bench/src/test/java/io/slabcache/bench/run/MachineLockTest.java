package io.slabcache.bench.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One measurement at a time, of this program and of JMH, of one user and of another. */
@Timeout(60)
class MachineLockTest {

    @TempDir
    private Path folder;

    @Test
    void aSecondRunIsToldThatThereIsAFirst() throws Exception {
        Path file = folder.resolve("jmh.lock");
        MachineLock lock = MachineLock.acquire(file);
        try (lock) {
            String message = assertThrows(MachineBusyException.class, () -> MachineLock.acquire(file))
                    .getMessage();
            assertTrue(message.startsWith("another benchmark is running on this machine"), message);
            assertEquals(1, message.lines().count());
        }
        assertDoesNotThrow(() -> MachineLock.acquire(file).close());
    }

    @Test
    void theOtherProcessMayBeJmh() throws Exception {
        Path file = folder.resolve("jmh.lock");
        Process jmh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals("held", jmh.inputReader().readLine());
            assertThrows(MachineBusyException.class, () -> MachineLock.acquire(file));
        } finally {
            jmh.destroyForcibly().waitFor();
        }
        assertDoesNotThrow(() -> MachineLock.acquire(file).close());
    }

    /** Holds the lock as JMH does, until it is ended. */
    static final class LockHolder {

        private LockHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() == null ? "not held" : "held");
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void everyUserMayTakeTheLockAfterwards() throws Exception {
        Path file = folder.resolve("jmh.lock");
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs rights as on Unix");
        MachineLock.acquire(file).close();
        assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    /** JMH leaves a file that only its user may write to. */
    @Test
    void aFileThatCanOnlyBeReadIsEnough() throws Exception {
        Path file = Files.createFile(folder.resolve("jmh.lock"));
        assumeTrue(file.toFile().setReadOnly() && !Files.isWritable(file), "this user may write to any file");
        MachineLock.acquire(file).close();
    }

    @Test
    void saysWhereItCannotLook() throws IOException {
        Path file = folder.resolve("no/such/jmh.lock");
        String message = assertThrows(MachineBusyException.class, () -> MachineLock.acquire(file))
                .getMessage();
        assertTrue(message.contains("cannot tell whether another benchmark is running"), message);
    }

    @Test
    void knowsJmhsOwnWords() {
        assertTrue(
                MachineBusyException.inOurWords("ERROR: Unable to acquire the JMH lock (/tmp/jmh.lock): already taken")
                        .startsWith("another benchmark"));
        assertEquals("Benchmark had failed", MachineBusyException.inOurWords("Benchmark had failed "));
    }
}
