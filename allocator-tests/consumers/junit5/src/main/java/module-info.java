/** A user's module: it requires the library, and nothing of JUnit. */
module com.example.orders {
    requires transitive io.slabcache;

    exports com.example.orders;
}
