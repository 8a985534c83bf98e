package io.slabcache.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.slabcache.tests.support.Project;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The library obeys the rules of the architecture, and each rule finds a planted violation. */
class HouseTest {
    private static final int MOST_FILES_IN_THE_ROOT = 14;

    private final HouseRules rules = new HouseRules("io.slabcache");
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importPaths(
                    Project.file("allocator/core/target/classes"),
                    Project.file("allocator/junit/target/classes"),
                    Project.file("allocator/agrona/target/classes"),
                    Project.file("allocator/netty/target/classes"));

    private final HouseRules plantedRules = new HouseRules("io.slabcache.tests.architecture.planted");
    private static final JavaClasses PLANTED = new ClassFileImporter()
            .importPaths(Project.file("allocator-tests/target/test-classes/io/slabcache/tests/architecture/planted"));

    private void assertHolds(ArchRule rule) {
        rule.check(LIBRARY);
    }

    private void assertFound(ArchRule rule, String violation) {
        EvaluationResult result = rule.evaluate(PLANTED);
        assertTrue(
                result.getFailureReport().getDetails().stream().anyMatch(detail -> detail.contains(violation)),
                () -> result.getFailureReport().toString());
    }

    @Test
    void importsRunOneWay() {
        assertHolds(rules.layers());
    }

    @Test
    void anImportOfAHigherLayerIsFound() {
        assertFound(plantedRules.layers(), "planted.internal.slab.Low");
    }

    @Test
    void anImportByAnIndependentPackageIsFound() {
        assertFound(plantedRules.layers(), "planted.diagnostics.Curious");
    }

    @Test
    void edgesDoNotKnowEachOther() {
        assertFound(plantedRules.layers(), "planted.agrona.Edge");
    }

    @Test
    void aPackageThatWasNotPlannedIsFound() {
        assertFound(plantedRules.layers(), "planted.internal.misc.Stray is in no layer");
    }

    @Test
    void noTypesFormACircle() {
        assertHolds(rules.noCircleOfTypes());
    }

    @Test
    void aCircleWithinAPackageIsFound() {
        assertFound(plantedRules.noCircleOfTypes(), "planted.internal.magazine.High");
    }

    @Test
    void theLibraryUsesNoInternalsOfTheJdk() {
        assertHolds(rules.noInternalsOfTheJdk());
    }

    @Test
    void aUseOfInternalsOfTheJdkIsFound() {
        JavaClasses usingThem = new ClassFileImporter().importClasses(ConcurrentHashMap.class);
        assertTrue(rules.noInternalsOfTheJdk().evaluate(usingThem).hasViolation());
    }

    @Test
    void theRootShowsTheSystemAtAGlance() {
        Set<String> root = LIBRARY.stream()
                .filter(type -> type.getPackageName().equals("io.slabcache"))
                .map(type -> HouseRules.outermost(type).getSimpleName())
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.toSet());
        assertTrue(root.contains("SlabCache"), root::toString);
        assertTrue(root.size() <= MOST_FILES_IN_THE_ROOT, root::toString);
    }

    @Test
    void everyLayerHasAPackage() {
        Set<String> packages =
                LIBRARY.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
        for (String layer : HouseRules.LAYERS) {
            String name = layer.isEmpty() ? "io.slabcache" : "io.slabcache." + layer;
            assertTrue(packages.contains(name), name);
        }
        assertFalse(packages.contains("io.slabcache.tests"));
        assertEquals(20, HouseRules.LAYERS.size());
    }
}
