/** Known-bad: the user's module with what no module may have that tests of others are to run with. */
module com.example.orders {
    requires transitive io.slabcache;
    requires static org.junit.jupiter.api;
}
