package io.slabcache.tests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for a source file. */
final class SourceRules {
    static final int MOST_LINES = 300;
    static final int MOST_LINES_OF_PUBLIC_CALLS = 420;

    /** Files that may have up to {@value #MOST_LINES_OF_PUBLIC_CALLS} lines, each with the reason. */
    static final Map<String, String> MAY_BE_LONGER = Map.of(
            "io/slabcache/SlabAllocator.java", "mostly the Javadoc of public calls",
            "io/slabcache/SlabCache.java", "mostly the Javadoc of public calls",
            "io/slabcache/SlabCacheBuilder.java", "mostly the Javadoc of public calls",
            "io/slabcache/diagnostics/SlabCacheStats.java", "only accessors and their Javadoc");

    /** Packages whose fields are null too often for a check to say anything. */
    static final Set<String> NOT_NULL_MARKED = Set.of("io/slabcache/internal/magazine/", "io/slabcache/internal/slab/");

    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\]*$");

    /** The acquisition of a lock. The lock class itself is exempt: it acquires a lock for its caller. */
    private static final Pattern ACQUIRED =
            Pattern.compile("\\.(?:lock\\(\\)|lockMounted\\(\\)|tryLock\\(\\)|tryLockMounted\\(\\)|acquire\\(\\w+\\))");

    private static final String LOCK_CLASS = "CountedLock.java";

    /**
     * The code that must follow immediately: the block that releases the lock, possibly after the exit of the branch
     * that did not get it, or the release itself.
     */
    private static final Pattern RELEASED =
            Pattern.compile("(?:\\) \\{\\s*return [^;]*;\\s*\\}|;)\\s*(?:try \\{|\\w+\\.unlock(?:Mounted)?\\(\\);)");

    private SourceRules() {}

    static List<String> violations(List<SourceFile> files) {
        List<String> found = new ArrayList<>();
        for (SourceFile file : files) {
            checkLines(file, found);
            checkLocks(file, found);
        }
        checkNullMarks(files, found);
        return found;
    }

    /** javac checks only packages that say so. */
    private static void checkNullMarks(List<SourceFile> files, List<String> found) {
        Set<String> marked = files.stream()
                .filter(file -> file.name().endsWith("package-info.java"))
                .filter(file -> file.code().contains("@NullMarked"))
                .map(SourceRules::folder)
                .collect(Collectors.toSet());
        files.stream()
                .map(SourceRules::folder)
                .filter(folder -> !folder.isEmpty() && !marked.contains(folder) && !NOT_NULL_MARKED.contains(folder))
                .distinct()
                .forEach(folder -> found.add(folder + " has no package-info with @NullMarked"));
    }

    private static String folder(SourceFile file) {
        return FILE_NAME.matcher(file.name()).replaceFirst("").replace('\\', '/');
    }

    /** Between the two, an error would leave the lock held forever; a full heap can cause one. */
    private static void checkLocks(SourceFile file, List<String> found) {
        if (file.name().endsWith(LOCK_CLASS)) {
            return;
        }
        Matcher acquired = ACQUIRED.matcher(file.code());
        while (acquired.find()) {
            Matcher released = RELEASED.matcher(file.code())
                    .region(acquired.end(), file.code().length());
            if (!released.lookingAt()) {
                String before = file.code().substring(0, acquired.start());
                found.add(file.name() + " does something between acquiring " + before.replaceAll("(?s).*\\W", "")
                        + " and the try that releases it");
            }
        }
    }

    private static void checkLines(SourceFile file, List<String> found) {
        int most = MAY_BE_LONGER.containsKey(file.name()) ? MOST_LINES_OF_PUBLIC_CALLS : MOST_LINES;
        if (file.lines() > most) {
            found.add(file.name() + " has " + file.lines() + " lines");
        }
    }
}
