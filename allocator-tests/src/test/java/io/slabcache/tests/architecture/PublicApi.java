package io.slabcache.tests.architecture;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What a user's code can refer to in a module: the public types of its exported packages, with their members. */
final class PublicApi {
    private static final Pattern TYPE = Pattern.compile(
            "^(?<head>(?:public|protected) .*?(?:class|interface|enum|@interface) (?<name>[\\w.$]+).*) \\{$");

    private PublicApi() {}

    /**
     * Returns the lines that describe a module: each type's declaration, and its members below it, in the order of their
     * texts.
     *
     * @param classes folder of its class files
     */
    static List<String> of(Path classes) throws IOException {
        TreeMap<String, List<String>> types = types(javap(classFiles(classes)));
        List<String> lines = new ArrayList<>();
        types.forEach((name, text) -> {
            if (outerTypes(name).allMatch(types::containsKey)) {
                lines.addAll(text);
            }
        });
        return lines;
    }

    private static List<Path> classFiles(Path classes) throws IOException {
        ModuleDescriptor module =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        List<Path> files = new ArrayList<>();
        for (ModuleDescriptor.Exports exported : module.exports()) {
            if (!exported.isQualified()) {
                try (Stream<Path> all =
                        Files.list(classes.resolve(exported.source().replace('.', '/')))) {
                    all.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
                }
            }
        }
        return files;
    }

    private static List<String> javap(List<Path> files) {
        List<String> arguments = new ArrayList<>(List.of("-protected", "-constants"));
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        int code = ToolProvider.findFirst("javap").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(output.toString());
        }
        return output.toString().lines().toList();
    }

    private static TreeMap<String, List<String>> types(List<String> lines) {
        TreeMap<String, List<String>> types = new TreeMap<>();
        TreeSet<String> members = new TreeSet<>();
        Matcher type = null;
        for (String line : lines) {
            Matcher head = TYPE.matcher(line);
            if (head.matches()) {
                type = head;
                members.clear();
            } else if (line.equals("}") && type != null) {
                List<String> text = new ArrayList<>(List.of(type.group("head")));
                text.addAll(members);
                types.put(type.group("name"), text);
                type = null;
            } else if (type != null) {
                members.add("    " + line.strip());
            }
        }
        return types;
    }

    private static Stream<String> outerTypes(String name) {
        return Stream.iterate(name.lastIndexOf('$'), at -> at > 0, at -> name.lastIndexOf('$', at - 1))
                .map(at -> name.substring(0, at));
    }

    /** Returns a line for each line that one of the two has and the other one has not, with the type that it is of. */
    static List<String> differences(List<String> listed, List<String> actual) {
        TreeSet<String> before = withTypes(listed);
        TreeSet<String> now = withTypes(actual);
        List<String> differences = new ArrayList<>();
        for (String line : before) {
            if (!now.contains(line)) {
                differences.add("gone: " + line);
            }
        }
        for (String line : now) {
            if (!before.contains(line)) {
                differences.add("new: " + line);
            }
        }
        return differences;
    }

    private static TreeSet<String> withTypes(List<String> lines) {
        TreeSet<String> all = new TreeSet<>();
        String type = "";
        for (String line : lines) {
            if (line.startsWith(" ")) {
                all.add(type + ": " + line.strip());
            } else {
                Matcher head = TYPE.matcher(line + " {");
                type = head.matches() ? head.group("name") : line;
                all.add(line);
            }
        }
        return all;
    }
}
