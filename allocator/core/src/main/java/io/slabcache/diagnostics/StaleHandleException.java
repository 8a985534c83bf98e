package io.slabcache.diagnostics;

/**
 * Thrown by a look-up of a handle of {@link io.slabcache.GenerationHandles} after its object was freed, whether or not
 * the object has been handed out again.
 *
 * <pre>{@code
 * orders.free(order);
 * orders.segment(order);      // throws
 * }</pre>
 */
public final class StaleHandleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The generation in the handle. */
    private final int generation;

    /** The object's last generation, or -1. */
    private final int currentGeneration;

    /**
     * Creates the exception for a refused look-up.
     *
     * @param message what was given, what was expected and the likely mistake
     * @param generation the generation in the handle
     * @param currentGeneration the object's last generation, or -1
     */
    public StaleHandleException(String message, int generation, int currentGeneration) {
        super(message);
        this.generation = generation;
        this.currentGeneration = currentGeneration;
    }

    /**
     * Returns the generation that the handle carries.
     *
     * @return 0 to 2^19 - 1
     */
    public int generation() {
        return generation;
    }

    /**
     * Returns the generation under which the object was handed out last.
     *
     * @return 0 to 2^19 - 1, the same as {@link #generation()} if the object was only freed; -1 if it was never handed
     *     out under a generation
     */
    public int currentGeneration() {
        return currentGeneration;
    }
}
