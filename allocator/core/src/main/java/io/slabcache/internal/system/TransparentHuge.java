package io.slabcache.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the system for transparent huge pages. Read each time, because an administrator may change them. */
public final class TransparentHuge {
    private static final long USUAL_BYTES = 2L << 20;

    private final Path folder;

    /** The settings of this system. */
    public TransparentHuge() {
        this(Path.of("/sys/kernel/mm/transparent_hugepage"));
    }

    /**
     * The settings in another folder, for tests.
     *
     * @param folder with the files of the kernel
     */
    public TransparentHuge(Path folder) {
        this.folder = folder;
    }

    /** {@return the bytes of a huge page, 2 MiB if the system does not say} */
    public long pageBytes() {
        try {
            return read("hpage_pmd_size").map(Long::parseLong).orElse(USUAL_BYTES);
        } catch (NumberFormatException e) {
            return USUAL_BYTES;
        }
    }

    /**
     * Returns why a program gets none although {@code madvise} accepts the wish. Newer kernels have a setting for each
     * size, which may refer to the common one.
     *
     * @return the file whose setting is {@code never}, if any
     */
    public Optional<Path> forbiddenBy() {
        String ofSize = "hugepages-" + pageBytes() / 1024 + "kB/enabled";
        Optional<String> size = read(ofSize);
        String name = size.isPresent() && !size.get().contains("[inherit]") ? ofSize : "enabled";
        return read(name).filter(setting -> setting.contains("[never]")).map(setting -> folder.resolve(name));
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
