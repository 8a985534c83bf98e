package io.slabcache.tests.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for names of types, members, packages, files and tests, set as code, that do not exist. */
final class DocumentNames {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Such as {@code Type}, {@code Type.member()}, {@code Type.members[i]} or {@code Type.first, second}. */
    private static final Pattern TYPE = Pattern.compile(
            "@?(?:[a-z]\\w*\\.)*([A-Z]\\w*[a-z]\\w*)((?:\\.\\w+)*)(?:\\(.*\\)|\\[[^\\]]*\\])?((?:, \\w+)*)");

    private static final Pattern PACKAGE = Pattern.compile("(?:io\\.slabcache|internal)(?:\\.[a-z]+)*");
    private static final Pattern FILE = Pattern.compile("\\.?[\\w-]+(?:[./][\\w-]+)*\\.(?:java|md|xml|yml|csv)");
    private static final Pattern FOLDERS = Pattern.compile("-pl ([\\w/,-]+)");
    private static final Pattern TESTS = Pattern.compile("-Dtest=([\\w,]+)(?![\\w,]*\\*)");

    private final ProjectNames names;

    DocumentNames(ProjectNames names) {
        this.names = names;
    }

    List<String> unknown(Prose document) {
        List<String> unknown = new ArrayList<>();
        for (Prose.Found code : document.find(CODE)) {
            List<String> missing = new ArrayList<>();
            look(code.match().group(1), missing);
            missing.forEach(what -> unknown.add(document.at(code.line(), "no " + what)));
        }
        return unknown;
    }

    private void look(String code, List<String> missing) {
        Matcher type = TYPE.matcher(code);
        if (FILE.matcher(code).matches()) {
            require(names.hasFile(code), "file " + code, missing);
        } else if (PACKAGE.matcher(code).matches()) {
            require(names.hasPackage(code), "package " + code, missing);
        } else if (type.matches()) {
            lookAtType(type, missing);
        }
        for (String folder : listed(FOLDERS, code)) {
            require(names.hasModule(folder), "module " + folder, missing);
        }
        for (String test : listed(TESTS, code)) {
            require(names.hasType(test), "test " + test, missing);
        }
    }

    private void lookAtType(Matcher code, List<String> missing) {
        String type = code.group(1);
        if (!names.hasType(type)) {
            require(names.isForeign(type), "type " + type, missing);
            return;
        }
        for (String member : (code.group(2) + code.group(3)).split("\\W+")) {
            require(member.isEmpty() || names.hasMember(type, member), "member " + type + "." + member, missing);
        }
    }

    private static List<String> listed(Pattern pattern, String code) {
        return pattern.matcher(code)
                .results()
                .flatMap(result -> List.of(result.group(1).split(",")).stream())
                .toList();
    }

    private static void require(boolean exists, String what, List<String> missing) {
        if (!exists) {
            missing.add(what);
        }
    }
}
