package io.slabcache.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names in the sources of the project, and the types of others that its documents may name. */
final class ProjectNames {
    /** Types of other libraries, and those that a decision tells were removed. */
    private static final Set<String> OTHERS = Set.of(
            "AbstractByteBufAllocatorTest",
            "AbstractByteBufTest",
            "AdaptiveByteBufAllocator",
            "Agent",
            "AgentRunner",
            "AllocateBuffer",
            "ByteBuf",
            "CompositeAgent",
            "DirectBuffer",
            "Engine",
            "ExtendedOpenOption",
            "FastThreadLocalThread",
            "FragmentAssembler",
            "FreeBuffer",
            "IllegalReferenceCountException",
            "NullMarked",
            "Nullable",
            "OutOfMemoryException",
            "ReallocateBuffer",
            "Resources",
            "RootAllocator",
            "Unsafe",
            "UnsafeBuffer");

    private static final Set<String> FOREIGN_MODULES = Set.of("java.base", "java.logging", "java.management");

    /** An event of the flight recorder is known to users by this name. */
    private static final Pattern EVENT = Pattern.compile("@Name\\(\"io\\.slabcache\\.(\\w+)\"\\)");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern SUPERTYPE = Pattern.compile("\\bextends (\\w+)");

    private final Path root;

    /** All files, from the root on, with a slash before each name. */
    private final Set<String> files = new HashSet<>();

    private final Set<String> packages = new HashSet<>();

    /** By the simple name of each type, the text of the files that declare it. */
    private final Map<String, String> types = new HashMap<>();

    private final Set<String> foreign = new HashSet<>(OTHERS);

    ProjectNames(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean isOutput = folder.endsWith("target") || folder.endsWith(".git");
                return isOutput ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.add("/" + root.relativize(file).toString().replace('\\', '/'));
                if (file.toString().endsWith(".java")) {
                    addSource(Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        for (String module : FOREIGN_MODULES) {
            addForeign(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module));
        }
    }

    private void addSource(String text) {
        Matcher packageName = PACKAGE.matcher(text);
        if (packageName.find()) {
            packages.add(packageName.group(1));
        }
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            types.merge(type.group(1), text, String::concat);
        }
        Matcher event = EVENT.matcher(text);
        while (event.find()) {
            types.merge(event.group(1), text, String::concat);
        }
    }

    private void addForeign(Path module) {
        try (Stream<Path> classes = Files.walk(module)) {
            foreign.addAll(classes.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(name.lastIndexOf('$') + 1, name.length() - ".class".length()))
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasFile(String path) {
        return files.stream().anyMatch(file -> file.endsWith("/" + path));
    }

    boolean hasModule(String folder) {
        return Files.exists(root.resolve(folder).resolve("pom.xml"));
    }

    boolean hasPackage(String name) {
        return packages.contains(name)
                || packages.contains("io.slabcache." + name)
                || packages.stream()
                        .anyMatch(known -> known.startsWith(name + ".") || known.contains("." + name + "."));
    }

    boolean hasType(String name) {
        return types.containsKey(name);
    }

    /** Whether a type of ours, or one that it extends, has this word in its source. */
    boolean hasMember(String type, String member) {
        return hasMember(type, Pattern.compile("\\b" + member + "\\b"), new HashSet<>());
    }

    private boolean hasMember(String type, Pattern member, Set<String> seen) {
        String text = types.getOrDefault(type, "");
        return seen.add(type)
                && (member.matcher(text).find()
                        || SUPERTYPE
                                .matcher(text)
                                .results()
                                .anyMatch(supertype -> hasMember(supertype.group(1), member, seen)));
    }

    boolean isForeign(String type) {
        return foreign.contains(type);
    }
}
