package io.slabcache.diagnostics;

/**
 * Thrown when a handle of {@link io.slabcache.GenerationHandles} is looked up after its object was freed, whether or not the object has
 * been handed out again since.
 */
public final class StaleHandleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The generation in the handle. */
    private final int generation;

    /** The generation under which the object was handed out last. */
    private final int currentGeneration;

    /**
     * A refused look-up.
     *
     * @param message what was given, what was expected and the likely mistake
     * @param generation the generation in the handle
     * @param currentGeneration the generation under which the object was handed out last, or -1
     */
    public StaleHandleException(String message, int generation, int currentGeneration) {
        super(message);
        this.generation = generation;
        this.currentGeneration = currentGeneration;
    }

    /**
     * The generation that the handle carries.
     *
     * @return 0 to 2^19 - 1
     */
    public int generation() {
        return generation;
    }

    /**
     * The generation under which the object was handed out last.
     *
     * @return 0 to 2^19 - 1, the same as {@link #generation()} if the object was only freed since; -1 if it has never been
     *     handed out under a generation
     */
    public int currentGeneration() {
        return currentGeneration;
    }
}
