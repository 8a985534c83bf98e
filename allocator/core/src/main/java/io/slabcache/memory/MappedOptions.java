package io.slabcache.memory;

/**
 * The options of {@link MappedMemory}.
 *
 * @param pages which pages
 * @param preTouch whether regions are present when they are handed out
 * @param locked whether they stay present
 * @param numaNode where they are, or -1
 * @param guardPages whether inaccessible pages surround them
 * @param name for the files of the system
 * @param strict whether a refusal is an exception
 */
record MappedOptions(
        Pages pages, boolean preTouch, boolean locked, int numaNode, boolean guardPages, String name, boolean strict) {}
