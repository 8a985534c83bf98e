package io.slabcache.internal.util;

import java.util.function.Supplier;

/** A lock that a thread can forget to take. In place of a real lock, it makes a known-bad variant of the lock's owner. */
public final class ForgetfulLock extends TryLock {
    private final ThreadLocal<Boolean> forgotten = ThreadLocal.withInitial(() -> false);

    /** Replaces the {@link TryLock} at the end of a path of fields. */
    public static ForgetfulLock at(Object owner, String... fields) {
        try {
            int last = fields.length - 1;
            for (int i = 0; i < last; i++) {
                owner = Fields.get(owner, fields[i]);
            }
            ForgetfulLock lock = new ForgetfulLock();
            Fields.set(owner, fields[last], lock);
            return lock;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs an action of the calling thread that skips this lock but believes that it holds it. */
    public <T> T forgottenIn(Supplier<T> action) {
        forgotten.set(true);
        try {
            return action.get();
        } finally {
            forgotten.set(false);
        }
    }

    @Override
    boolean tryLock() {
        return forgotten.get() || super.tryLock();
    }

    @Override
    void unlock() {
        if (!forgotten.get()) {
            super.unlock();
        }
    }

    @Override
    boolean isHeldByCurrentThread() {
        return forgotten.get() || super.isHeldByCurrentThread();
    }
}
