package io.slabcache.bench.demo.orders;

/** A line of a file of events that cannot be read; the message names the file and the line, and what was expected. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    MalformedEventException(String file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
        this.line = line;
    }

    /** Returns the number of the line, from 1. */
    public int line() {
        return line;
    }
}
