package io.slabcache.bench.demo.orders;

import java.util.Arrays;
import java.util.function.BiFunction;

/** The books that are compared, in the order of the table. */
public enum OrderSubject {
    SLABCACHE("slabcache", "flyweights over objects of a bounded and reserved SlabCache, in its window", SlabBook::new),
    SLABCACHE_AGRONA(
            "slabcache-agrona", "the same, read and written through Agrona's UnsafeBuffer", SlabAgronaBook::new),
    AGRONA(
            "agrona",
            "flyweights in one UnsafeBuffer with a free list made by hand, no check of a free",
            AgronaBook::new),
    OBJECTS("objects", "plain Java objects, a new one for each order", ObjectBook::new),
    POOLED("pooled-objects", "plain Java objects that are used again", PooledObjectBook::new),
    JAVA("java", "TreeMap, LinkedHashMap and HashMap: the check of the others", (trades, most) -> new JavaBook(trades));

    private final String id;
    private final String about;
    private final BiFunction<Book.Trades, Integer, Book> opening;

    OrderSubject(String id, String about, BiFunction<Book.Trades, Integer, Book> opening) {
        this.id = id;
        this.about = about;
        this.opening = opening;
    }

    /** Returns its name in the table. */
    public String id() {
        return id;
    }

    /** Returns what it is. */
    public String about() {
        return about;
    }

    /** Returns the subject of an id. */
    static OrderSubject of(String id) {
        return Arrays.stream(values())
                .filter(subject -> subject.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown subject '" + id + "'"));
    }

    /** Makes an empty book for so many resting orders. */
    Book open(Book.Trades trades, int mostOrders) {
        return opening.apply(trades, mostOrders);
    }
}
