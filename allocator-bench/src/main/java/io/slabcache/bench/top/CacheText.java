package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.JvmSearch;
import io.slabcache.bench.attach.RunningJvm;
import java.util.List;
import java.util.stream.Collectors;

/** The same figures as plain text, for files and simple terminals. */
public final class CacheText {

    /** A line of the list of JVMs is no wider. */
    private static final int WIDTH = 80;

    private CacheText() {}

    /** Returns the table with the cache of the most memory first. */
    public static String table(List<CacheSample> caches) {
        CacheTable table = new CacheTable(WIDTH);
        StringBuilder text = new StringBuilder(table.heading(View.INITIAL)).append('\n');
        View.INITIAL.of(caches).forEach(cache -> text.append(table.line(cache)).append('\n'));
        return text.toString();
    }

    /** Returns everything of every cache. */
    public static String everything(List<CacheSample> caches) {
        return caches.stream()
                .map(cache -> String.join("\n", CacheDetail.of(cache)) + "\n")
                .collect(Collectors.joining("\n"));
    }

    /** Returns the JVMs, one in a line. */
    public static String list(JvmSearch search) {
        StringBuilder text = new StringBuilder();
        if (search.found().isEmpty()) {
            text.append("No JVM of this user uses Slabcache.\n");
        } else {
            text.append(String.format("%8s  %s%n", "PID", "PROGRAM"));
            search.found().forEach(jvm -> text.append(line(jvm)));
        }
        if (!search.silent().isEmpty()) {
            text.append("These did not answer; they are stopped, or do not allow it:\n");
            search.silent().forEach(jvm -> text.append(line(jvm)));
        }
        return text.toString();
    }

    private static String line(RunningJvm jvm) {
        return Text.cut(String.format("%8d  %s", jvm.pid(), Column.printable(jvm.program())), WIDTH) + "\n";
    }
}
