package io.slabcache.bench.launch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Java as its vendor writes it, compared by its feature number: 8 in 1.8.0_412, 25 in 25.0.1. */
final class JavaVersion implements Comparable<JavaVersion> {

    /** The first version with the final foreign function and memory API. */
    static final int NEEDED = 22;

    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d+).*");

    private final String text;
    private final int feature;

    private JavaVersion(String text, int feature) {
        this.text = text;
        this.feature = feature;
    }

    /** Parses a version; text that is none counts as version 0. */
    static JavaVersion of(String text) {
        Matcher matcher = FEATURE.matcher(text);
        return new JavaVersion(text, matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0);
    }

    static JavaVersion current() {
        return of(System.getProperty("java.version"));
    }

    boolean isEnough() {
        return feature >= NEEDED;
    }

    @Override
    public int compareTo(JavaVersion other) {
        return Integer.compare(feature, other.feature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JavaVersion && feature == ((JavaVersion) other).feature;
    }

    @Override
    public int hashCode() {
        return feature;
    }

    @Override
    public String toString() {
        return text;
    }
}
