package io.slabcache.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mappings of this process, as Linux shows them. */
public final class Smaps {
    private static final Path FILE = Path.of("/proc/self/smaps");
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern AREA = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S+) \\S+ \\S+ \\S+\\s*(.*)");
    private static final Pattern FIGURE = Pattern.compile("(\\w+):\\s+(\\d+) kB");
    private static final String FLAGS = "VmFlags:";

    private Smaps() {}

    /** One mapping with its figures in KiB. */
    public record Area(long from, long to, String permissions, String name, Map<String, Long> figures, String flags) {
        private boolean contains(long address) {
            return from <= address && address < to;
        }

        public long kibibytes(String figure) {
            return figures.getOrDefault(figure, 0L);
        }

        public boolean isAccessible() {
            return !permissions.startsWith("---");
        }

        public boolean has(String flag) {
            return List.of(flags.split(" ")).contains(flag);
        }
    }

    /** Returns whether the operating system has these files. */
    public static boolean areKnown() {
        return Files.isReadable(FILE) && Files.isReadable(ROLLUP);
    }

    /** Returns the mapping of an address. */
    public static Optional<Area> at(long address) throws IOException {
        return all().stream().filter(area -> area.contains(address)).findFirst();
    }

    /** Returns all mappings. */
    public static List<Area> all() throws IOException {
        List<Area> areas = new ArrayList<>();
        Matcher start = null;
        Map<String, Long> figures = new HashMap<>();
        for (String line : Files.readAllLines(FILE)) {
            Matcher area = AREA.matcher(line);
            Matcher figure = FIGURE.matcher(line);
            if (area.matches()) {
                start = area;
                figures = new HashMap<>();
            } else if (figure.matches()) {
                figures.put(figure.group(1), Long.parseLong(figure.group(2)));
            } else if (line.startsWith(FLAGS)) {
                areas.add(new Area(
                        Long.parseUnsignedLong(start.group(1), 16),
                        Long.parseUnsignedLong(start.group(2), 16),
                        start.group(3),
                        start.group(4),
                        figures,
                        line.substring(FLAGS.length()).strip()));
            }
        }
        return areas;
    }

    /** Returns a figure of the whole process, in bytes. */
    public static long total(String figure) throws IOException {
        return figure(ROLLUP, figure);
    }

    /** Returns the size of all mappings, with and without memory, in bytes. */
    public static long virtualBytes() throws IOException {
        return figure(STATUS, "VmSize");
    }

    private static long figure(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher figure = FIGURE.matcher(line);
            if (figure.matches() && figure.group(1).equals(name)) {
                return Long.parseLong(figure.group(2)) * 1024;
            }
        }
        throw new IllegalStateException("no " + name + " in " + file);
    }
}
