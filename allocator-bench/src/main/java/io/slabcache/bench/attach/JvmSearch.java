package io.slabcache.bench.attach;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JVMs of this user that use Slabcache.
 *
 * @param found in the order of their numbers
 * @param silent JVMs that could not be asked
 */
public record JvmSearch(List<RunningJvm> found, List<RunningJvm> silent) {

    /** An idle machine answers in milliseconds. A stopped JVM never does; the attach API gives it up after 10 seconds. */
    private static final int PATIENCE_SECONDS = 15;

    /** Asks all JVMs at the same time. None of them starts an agent for that. */
    public static JvmSearch run() throws InterruptedException {
        List<RunningJvm> all = VirtualMachine.list().stream()
                .map(JvmSearch::running)
                .filter(jvm -> jvm.pid() != ProcessHandle.current().pid())
                .sorted(Comparator.comparingLong(RunningJvm::pid))
                .toList();
        List<CompletableFuture<Boolean>> answers = all.stream()
                .map(jvm -> CompletableFuture.supplyAsync(() -> usesSlabcache(jvm), task -> start(jvm, task)))
                .toList();
        List<RunningJvm> found = new ArrayList<>();
        List<RunningJvm> silent = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int i = 0; i < all.size(); i++) {
            try {
                if (answers.get(i).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    found.add(all.get(i));
                }
            } catch (ExecutionException | TimeoutException e) {
                if (Attachment.isAlive(all.get(i).pid())) {
                    silent.add(all.get(i));
                }
            }
        }
        return new JvmSearch(List.copyOf(found), List.copyOf(silent));
    }

    /** A daemon thread each, because one that waits for a stopped JVM cannot be interrupted. */
    private static void start(RunningJvm jvm, Runnable task) {
        Thread.ofPlatform().daemon().name("ask-" + jvm.pid()).start(task);
    }

    private static RunningJvm running(VirtualMachineDescriptor jvm) {
        return new RunningJvm(Long.parseLong(jvm.id()), jvm.displayName());
    }

    private static boolean usesSlabcache(RunningJvm jvm) {
        try (Attachment attachment = Attachment.to(jvm.pid())) {
            return attachment.usesSlabcache().orElseThrow();
        } catch (JvmProblem e) {
            throw new IllegalStateException(e);
        }
    }
}
