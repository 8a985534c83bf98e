package io.slabcache.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published obeys the rules of the public repository, and one version stands everywhere. */
class ReleaseTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>io\\.slabcache</groupId>\\s*<artifactId>([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern JAR = Pattern.compile("slabcache[a-z-]*-(\\d[\\w.-]*?)\\.jar");

    private static String text(String path) throws IOException {
        return Files.readString(Project.file(path));
    }

    private static Pom root() throws IOException {
        return new Pom(text("pom.xml"), null);
    }

    private static Pom artifacts() throws IOException {
        return new Pom(text("allocator/pom.xml"), root());
    }

    /** Returns the projects of all folders below {@code allocator}, by the names of these. */
    private static Map<String, Pom> published() throws IOException {
        Map<String, Pom> poms = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Project.file("allocator"))) {
            for (Path folder : folders.toList()) {
                Path file = folder.resolve("pom.xml");
                if (Files.exists(file)) {
                    String name = folder.getFileName().toString();
                    poms.put(name, new Pom(Files.readString(file), name.equals("bom") ? null : artifacts()));
                }
            }
        }
        return poms;
    }

    @Test
    void theRepositoryAcceptsEachProject() throws IOException {
        assertEquals(List.of(), root().missing());
        assertEquals(List.of(), artifacts().missing());
        Map<String, Pom> published = published();
        assertTrue(published.size() >= 7, published::toString);
        for (Map.Entry<String, Pom> project : published.entrySet()) {
            assertEquals(List.of(), project.getValue().missing(), project.getKey());
        }
    }

    @Test
    void whatTheRepositoryRefusesIsFound() throws IOException {
        Pom plain = new Pom("<project><parent><version>1</version></parent><name>A</name><scm/></project>", null);
        assertEquals(
                List.of(
                        "description",
                        "url",
                        "licenses/license/name",
                        "licenses/license/url",
                        "developers/developer/name",
                        "developers/developer/url",
                        "scm/connection",
                        "scm/developerConnection",
                        "scm/url"),
                plain.missing());
        assertEquals(
                List.of("name", "description"),
                new Pom("<project/>", root()).missing(),
                "those of the parent are another project's");
    }

    @Test
    void eachArtifactHasSourcesJavadocAndSignatures() throws IOException {
        List<String> plugins = artifacts().all("build/plugins/plugin[executions]/artifactId");
        assertTrue(plugins.containsAll(List.of("maven-source-plugin", "maven-javadoc-plugin")), plugins::toString);
        for (Pom pom : List.of(root(), published().get("bom"))) {
            assertEquals(
                    List.of("sign"),
                    pom.all("profiles/profile[id='release']/build/plugins/plugin[artifactId='maven-gpg-plugin']"
                            + "/executions/execution/goals/goal"));
        }
    }

    @Test
    void theListOfVersionsHasAllArtifactsAndNothingElse() throws IOException {
        Map<String, Pom> published = published();
        Pom bom = published.remove("bom");
        assertFalse(bom.hasParent(), "what a parent manages would go to every program");
        List<String> names = new ArrayList<>();
        for (Pom pom : published.values()) {
            names.addAll(pom.all("artifactId"));
        }
        assertEquals(
                names.stream().sorted().toList(), bom.all("dependencyManagement/dependencies/dependency/artifactId"));
    }

    @Test
    void oneVersionStandsEverywhere() throws IOException {
        String version = root().version();
        List<String> wrong = new ArrayList<>();
        int found = 0;
        try (Stream<Path> files = Files.walk(Project.file("."))) {
            for (Path file : files.filter(ReleaseTest::mayNameTheVersion).toList()) {
                String text = Files.readString(file);
                if (file.endsWith("pom.xml")) {
                    found++;
                    if (text.contains("io.slabcache")
                            && !new Pom(text, null).version().equals(version)) {
                        wrong.add(file + ": " + new Pom(text, null).version());
                    }
                } else {
                    for (Matcher named : List.of(DEPENDENCY.matcher(text), JAR.matcher(text))) {
                        while (named.find()) {
                            found++;
                            if (!named.group(named.groupCount()).equals(version)) {
                                wrong.add(file + ": " + named.group());
                            }
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong, "expected " + version);
        assertTrue(found > 15, "only " + found + " places");
    }

    private static boolean mayNameTheVersion(Path file) {
        String name = file.toString().replace('\\', '/');
        return !name.contains("/target/")
                && !name.contains("/.git/")
                && (name.endsWith("/pom.xml") || name.endsWith(".md") && !name.endsWith("/CHANGELOG.md"));
    }

    @Test
    void theChangelogHasASectionForTheVersion() throws IOException {
        String version = root().version().replace("-SNAPSHOT", "");
        assertTrue(
                text("CHANGELOG.md").lines().anyMatch(line -> line.startsWith("## " + version)),
                () -> "no section '## " + version + "'");
    }
}
