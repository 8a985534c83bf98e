package io.slabcache.bench.attach;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a process is a JVM. To attach to another program could end it: the attach API sends a signal whose handler only
 * a JVM is sure to have.
 */
final class JvmProcess {

    private JvmProcess() {}

    /** Returns normally if the process is a JVM that this user may look at. */
    static void require(long pid) throws JvmProblem {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            throw new JvmProblem(
                    "there is no process " + pid + "; without a PID, the JVMs that use Slabcache are listed");
        }
        if (isListed(pid) || hasJvmLibrary(pid)) {
            return;
        }
        ProcessHandle.Info info = process.get().info();
        throw new JvmProblem(refusal(
                pid,
                info.user().orElse(""),
                ProcessHandle.current().info().user().orElse(""),
                info.command().orElse("")));
    }

    static String refusal(long pid, String owner, String user, String command) {
        if (!owner.isEmpty() && !owner.equals(user)) {
            return "process " + pid + " belongs to the user '" + owner + "', and this is '" + user
                    + "'; only its own user can attach to a JVM";
        }
        return "process " + pid + " is no JVM" + (command.isEmpty() ? "" : ": it runs " + command);
    }

    /** JVMs publish themselves in files of their users, unless they are told not to. */
    private static boolean isListed(long pid) {
        return VirtualMachine.list().stream().anyMatch(each -> each.id().equals(Long.toString(pid)));
    }

    /** On Linux, of this user's processes. */
    private static boolean hasJvmLibrary(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return lines.anyMatch(line -> line.endsWith("/libjvm.so"));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
