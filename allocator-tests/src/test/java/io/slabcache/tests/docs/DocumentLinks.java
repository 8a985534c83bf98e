package io.slabcache.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks for links to files and headings that do not exist. */
final class DocumentLinks {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("\\w+:.*");
    private static final Pattern HEADING = Pattern.compile("#+ +(.*)");

    private final Path root;

    DocumentLinks(Path root) {
        this.root = root;
    }

    List<String> broken(Prose document) {
        List<String> broken = new ArrayList<>();
        Path folder = root.resolve(document.path()).getParent();
        for (Prose.Found link : document.find(LINK)) {
            String file = link.match().group(1);
            String anchor = link.match().group(2);
            if (ELSEWHERE.matcher(file).matches()) {
                continue;
            }
            Path target = folder.resolve(file).normalize();
            if (!file.isEmpty() && !Files.exists(target)) {
                broken.add(document.at(link.line(), "no file " + file));
            } else if (anchor != null
                    && !anchors(file.isEmpty() ? document : prose(target)).contains(anchor)) {
                broken.add(document.at(link.line(), "no heading #" + anchor + " in " + (file.isEmpty() ? "it" : file)));
            }
        }
        return broken;
    }

    private Prose prose(Path file) {
        try {
            return Prose.of(root.relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The anchors that GitHub gives to headings. */
    private static Set<String> anchors(Prose document) {
        Set<String> anchors = new HashSet<>();
        for (Prose.Found heading : document.find(HEADING)) {
            String anchor = heading.match()
                    .group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-');
            String unique = anchor;
            for (int i = 1; !anchors.add(unique); i++) {
                unique = anchor + "-" + i;
            }
        }
        return anchors;
    }
}
