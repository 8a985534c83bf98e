package io.slabcache.bench.demo.packets;

/** A file that is no capture that can be used; the message names the file, what it has, and what was expected. */
public final class MalformedCaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedCaptureException(String file, String problem) {
        super(file + ": " + problem);
    }
}
