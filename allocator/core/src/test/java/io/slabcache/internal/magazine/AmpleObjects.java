package io.slabcache.internal.magazine;

/** The sequential specification of a cache that has more objects than all threads want. */
public class AmpleObjects {
    private int held;

    public boolean allocate() {
        held++;
        return true;
    }

    public boolean free() {
        boolean any = held > 0;
        held -= any ? 1 : 0;
        return any;
    }

    public void borrow() {}

    public void flush() {}

    public void drain() {}
}
