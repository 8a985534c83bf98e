package io.slabcache.internal.util;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** A lock that records which locks its owner already held at each acquisition. It replaces all locks of a cache. */
public final class RecordedLock extends TryLock {
    private static final String OURS = "io.slabcache.";

    /** The recorded acquisitions: "A, B" says that a thread acquired B while it held A. */
    public static final class Record {
        private final SortedSet<String> pairs = new ConcurrentSkipListSet<>();
        private final SortedSet<String> unmounted = new ConcurrentSkipListSet<>();
        private final ThreadLocal<Deque<String>> held = ThreadLocal.withInitial(ArrayDeque::new);

        public SortedSet<String> pairs() {
            return pairs;
        }

        /** Returns the pairs between which a virtual thread might have unmounted while other threads waited for it. */
        public SortedSet<String> unmounted() {
            return unmounted;
        }

        /** Returns the locks that the calling thread holds. */
        public List<String> held() {
            return List.copyOf(held.get());
        }

        /** Replaces the locks that are reachable from an object; returns their names, which are those of their classes. */
        public List<String> of(Object root) throws ReflectiveOperationException {
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            Deque<Object> toDo = new ArrayDeque<>(List.of(root));
            List<String> found = new ArrayList<>();
            while (!toDo.isEmpty()) {
                Object object = toDo.pop();
                if (seen.add(object)) {
                    for (Object next : references(object)) {
                        if (!(next instanceof CountedLock)) {
                            toDo.push(next);
                        } else if (seen.add(next)) {
                            String name = object.getClass().getSimpleName();
                            Fields.set(next, "lock", new RecordedLock(name, this));
                            found.add(name);
                        }
                    }
                }
            }
            Collections.sort(found);
            return found;
        }

        private static List<Object> references(Object object) throws IllegalAccessException {
            List<Object> all = new ArrayList<>();
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (isOurs(field.getDeclaringClass()) && !Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        Object value = field.get(object);
                        if (value != null && isOurs(value.getClass())) {
                            all.add(value);
                        }
                    }
                }
            }
            return all;
        }

        /** Excludes the classes of lambdas: their fields cannot be read, and their creators hold the same objects. */
        private static boolean isOurs(Class<?> type) {
            return type.getName().startsWith(OURS) && !type.isHidden();
        }
    }

    private static final ThreadLocal<?> DEPTH = depth();

    private final String name;
    private final Record record;

    RecordedLock(String name, Record record) {
        this.name = name;
        this.record = record;
    }

    @Override
    boolean tryLock() {
        Deque<String> held = record.held.get();
        // Recorded for a failed attempt, too: a caller that retries in a loop waits.
        for (String other : new HashSet<>(held)) {
            record.pairs.add(other + ", " + name);
            if (Thread.currentThread().isVirtual() && !isMounted()) {
                record.unmounted.add(other + ", " + name);
            }
        }
        boolean acquired = super.tryLock();
        if (acquired) {
            held.push(name);
        }
        return acquired;
    }

    @Override
    void unlock() {
        record.held.get().removeFirstOccurrence(name);
        super.unlock();
    }

    private static ThreadLocal<?> depth() {
        try {
            Field field = Waiting.class.getDeclaredField("DEPTH");
            field.setAccessible(true);
            return (ThreadLocal<?>) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isMounted() {
        return ((int[]) DEPTH.get())[0] > 0;
    }
}
