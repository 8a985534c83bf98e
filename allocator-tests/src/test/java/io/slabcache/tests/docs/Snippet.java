package io.slabcache.tests.docs;

/** A piece of Java in a document, which can be compiled as a part of a unit. */
interface Snippet {
    /** Returns a compilation unit: one header line, then the snippet, so that line n of the snippet is line n + 1. */
    String toUnit();

    /** Returns the class path to compile it with. */
    String classPath();

    /** Returns the line of the document for a line of {@link #toUnit}. */
    long documentLine(long unitLine);
}
