package io.slabcache.tests.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

/** The rules of the architecture. The root package is a parameter, so that a test can plant another architecture. */
final class HouseRules {
    /** From the bottom up: a package uses only packages before it. The empty name is the root package. */
    static final List<String> LAYERS = List.of(
            "internal.util",
            "diagnostics",
            "internal.observe",
            "internal.system",
            "internal.budget",
            "memory",
            "internal.slab",
            "internal.magazine",
            "internal.debug",
            "internal.leaks",
            "internal.registry",
            "internal.jfr",
            "internal.jmx",
            "internal.keeper",
            "internal.config",
            "internal.cache",
            "internal.sizes",
            "internal.views",
            "",
            "audit");

    /** The package that uses no other package of the library. */
    static final String INDEPENDENT = "diagnostics";

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    /** Imports run one way. Edges to other libraries are on top and do not know each other. */
    ArchRule layers() {
        return ArchRuleDefinition.classes().should(new ArchCondition<>("use lower layers only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int layer = layer(type);
                if (layer < 0) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no layer"));
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !isBelow(target, type)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private boolean isBelow(JavaClass target, JavaClass user) {
        if (target.getPackageName().equals(user.getPackageName())) {
            return true;
        }
        return layer(target) < layer(user) && !relativePackage(user).equals(INDEPENDENT);
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    private String relativePackage(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) ? "" : isOurs(type) ? name.substring(root.length() + 1) : "?";
    }

    private int layer(JavaClass type) {
        String relative = relativePackage(type);
        int layer = LAYERS.indexOf(relative);
        boolean isEdge = layer < 0 && relative.matches("(?!internal\\b)\\w+");
        return isEdge ? LAYERS.size() : layer;
    }

    /**
     * No type refers to itself through other types; nested types count as parts of their outermost type. Some references
     * are exempt: {@code SlabCache.builder} and {@code SlabAllocator.builder} return the builder that builds them, and a
     * JUnit annotation names its extension.
     */
    ArchRule noCircleOfTypes() {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return isOurs(type) ? SliceIdentifier.of(outermost(type).getName()) : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "types";
                    }
                })
                .should()
                .beFreeOfCycles()
                .ignoreDependency(is("SlabCache"), is("SlabCacheBuilder"))
                .ignoreDependency(is("SlabAllocator"), is("SlabAllocatorBuilder"))
                .ignoreDependency(is("junit.NoLeaks"), is("junit.LeakExtension"));
    }

    private DescribedPredicate<JavaClass> is(String name) {
        return DescribedPredicate.describe(
                name, type -> outermost(type).getName().equals(root + "." + name));
    }

    static JavaClass outermost(JavaClass type) {
        JavaClass outer = type.getBaseComponentType();
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** Packages that only the JDK may use. */
    ArchRule noInternalsOfTheJdk() {
        return ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun.misc..", "jdk.internal..", "sun.nio..");
    }
}
