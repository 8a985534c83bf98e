package io.slabcache.bench.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A connection by the attach API to a JVM that was started without any option. Loads no code of ours into it. */
public final class Attachment implements AutoCloseable {

    /** Every program that uses the library loads this class; {@code jcmd} finds loaded classes without an agent. */
    private static final String LIBRARY_CLASS = "io.slabcache.SlabCache";

    private final long pid;
    private final VirtualMachine jvm;

    private Attachment(long pid, VirtualMachine jvm) {
        this.pid = pid;
        this.jvm = jvm;
    }

    /**
     * Attaches.
     *
     * @throws JvmProblem if there is no such JVM, or it does not allow it
     */
    public static Attachment to(long pid) throws JvmProblem {
        if (pid == ProcessHandle.current().pid()) {
            throw new JvmProblem("process " + pid + " is this program itself");
        }
        JvmProcess.require(pid);
        try {
            return new Attachment(pid, VirtualMachine.attach(Long.toString(pid)));
        } catch (AttachNotSupportedException | IOException e) {
            throw refused(pid, e);
        }
    }

    private static JvmProblem refused(long pid, Exception e) {
        if (!isAlive(pid)) {
            return ended(pid, e);
        }
        return new JvmProblem(
                "JVM " + pid + " cannot be attached to: " + e.getMessage()
                        + ". Was it started with -XX:+DisableAttachMechanism, is it stopped, or does it run in another"
                        + " container? A recording shows the same figures: java -XX:StartFlightRecording",
                e);
    }

    static JvmProblem ended(long pid, Exception e) {
        return new JvmProblem("JVM " + pid + " has ended", e);
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Returns whether the JVM has loaded the library; empty if this JDK cannot ask. */
    public Optional<Boolean> usesSlabcache() throws JvmProblem {
        try {
            Object answer = Class.forName("sun.tools.attach.HotSpotVirtualMachine")
                    .getMethod("executeJCmd", String.class)
                    .invoke(jvm, "VM.class_hierarchy " + LIBRARY_CLASS);
            try (InputStream in = (InputStream) answer) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(LIBRARY_CLASS));
            }
        } catch (ReflectiveOperationException | IOException e) {
            if (!isAlive(pid)) {
                throw ended(pid, e);
            }
            if (e instanceof InvocationTargetException || e instanceof IOException) {
                return Optional.empty();
            }
            return Optional.empty();
        }
    }

    /**
     * Starts the JVM's management agent, which stays in it, and listens to this machine only.
     *
     * @return the address for JMX
     */
    public String startAgent() throws JvmProblem {
        try {
            return jvm.startLocalManagementAgent();
        } catch (IOException | RuntimeException e) {
            if (!isAlive(pid)) {
                throw ended(pid, e);
            }
            throw new JvmProblem(
                    "JVM " + pid + " cannot start its management agent: " + e.getMessage()
                            + "; it needs the modules jdk.management.agent and jdk.management.jfr",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            jvm.detach();
        } catch (IOException e) {
            // It has ended, which detaches as well.
            return;
        }
    }
}
