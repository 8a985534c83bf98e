package io.slabcache.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents link to files and headings that exist, and name types, members, packages and tests that exist. */
class DocumentsTest {
    private static final Path ROOT = Project.file(".");
    private static final DocumentLinks LINKS = new DocumentLinks(ROOT);

    private static DocumentNames names;

    @BeforeAll
    static void readSources() throws IOException {
        names = new DocumentNames(new ProjectNames(ROOT));
    }

    private static List<Prose> documents() throws IOException {
        List<Prose> documents = new ArrayList<>();
        for (String path : List.of("README.md", "CONTRIBUTING.md")) {
            documents.add(Prose.of(path, Files.readString(ROOT.resolve(path))));
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                documents.add(Prose.of(ROOT.relativize(file).toString().replace('\\', '/'), Files.readString(file)));
            }
        }
        return documents;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Prose> documents = documents();
        assertTrue(documents.size() >= 7, documents::toString);
        assertEquals(
                List.of(),
                documents.stream()
                        .flatMap(document -> LINKS.broken(document).stream())
                        .toList());
    }

    @Test
    void everyNameExists() throws IOException {
        assertEquals(
                List.of(),
                documents().stream()
                        .flatMap(document -> names.unknown(document).stream())
                        .toList());
    }

    @Test
    void brokenLinksAreFound() {
        Prose document = Prose.of("docs/stale.md", """
                # Stale: `names`, and more

                See [the design](design.md), [README](../README.md#two-commands), [here](#stale-names-and-more)
                and [the site](https://example.org/none.md).
                See [the plan](plan.md) and [there](#there), or
                [building](../README.md#build-nothing).

                ```
                [no link](none.md)
                ```
                """);
        assertEquals(
                List.of(
                        "docs/stale.md, line 5: no file plan.md",
                        "docs/stale.md, line 5: no heading #there in it",
                        "docs/stale.md, line 6: no heading #build-nothing in ../README.md"),
                LINKS.broken(document));
    }

    @Test
    void twoEqualHeadingsHaveTwoAnchors() {
        assertEquals(List.of(), LINKS.broken(Prose.of("a.md", "# Same\n# Same\n[second](#same-1)\n")));
        assertEquals(
                List.of("a.md, line 2: no heading #same-1 in it"),
                LINKS.broken(Prose.of("a.md", "# Same\n[second](#same-1)\n")));
    }

    @Test
    void namesThatDoNotExistAreFound() {
        Prose document = Prose.of("docs/stale.md", """
                `SlabCash`, `SlabCache.allocateSlowly()`, `ThreadCache.guess, remembered` and
                `@LeaksForbidden` of `io.slabcache.magic`, or `internal.slabs`; see `SlabCacheFactory.java`
                and `allocator/core/pom.yml`.
                Run `./mvnw verify -pl allocator/heart -Dtest=BulkTest,NoSuchTest`.
                """);
        assertEquals(
                List.of(
                        "docs/stale.md, line 1: no type SlabCash",
                        "docs/stale.md, line 1: no member SlabCache.allocateSlowly",
                        "docs/stale.md, line 1: no member ThreadCache.remembered",
                        "docs/stale.md, line 2: no type LeaksForbidden",
                        "docs/stale.md, line 2: no package io.slabcache.magic",
                        "docs/stale.md, line 2: no package internal.slabs",
                        "docs/stale.md, line 2: no file SlabCacheFactory.java",
                        "docs/stale.md, line 3: no file allocator/core/pom.yml",
                        "docs/stale.md, line 4: no module allocator/heart",
                        "docs/stale.md, line 4: no test NoSuchTest"),
                names.unknown(document));
    }

    @Test
    void namesThatExistAreNotReported() {
        Prose document = Prose.of("docs/fine.md", """
                `SlabCache`, `SlabCache.free(MemorySegment)`, `ThreadCache.guess, scratch`, `MisuseReport.Kind`,
                `@NoLeaks(mayStayOpen = "pool-*")`, `ByteBuffer.allocateDirect`, `internal.slab`, `io.slabcache.memory`,
                `SlabCache.java`, `allocator/core/pom.xml`, `-Dtest='*Lincheck*Test'`, `WARN_ONCE`, `close()`.

                ```java
                // `Nothing` in a block of code
                ```
                """);
        assertEquals(List.of(), names.unknown(document));
    }
}
