package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Every fault has tests, and they exist. */
class FaultIndexTest {
    private static final String TESTS = "io.slabcache.tests.";

    @Test
    void everyFaultHasAProof() {
        Map<Integer, List<String>> proofs = new TreeMap<>();
        for (Fault fault : Fault.values()) {
            proofs.put(fault.number, fault.proofs);
        }
        assertEquals(Fault.values().length, proofs.size(), "two faults have one number");
        assertEquals(List.of(), findings(proofs, List.of()));
    }

    @Test
    void faultsWithoutProofAreFound() {
        List<Integer> all = IntStream.rangeClosed(1, Fault.LAST).boxed().toList();
        assertEquals(List.of(), findings(Map.of(), all));
        List<Integer> others = all.stream().filter(number -> number != 7).toList();
        assertEquals(List.of("fault 7 is missing"), findings(Map.of(), others));
        assertEquals(List.of("fault 7 has no proof"), findings(Map.of(7, List.of()), others));
        for (String bad : List.of("faults.NoSuchTest#", "faults.Wild#", "faults.WildTest#attempt", "faults.WildTest")) {
            assertEquals(List.of("no test " + bad + " for fault 7"), findings(Map.of(7, List.of(bad)), others));
        }
        assertEquals(
                List.of("fault 7 is pending, but has a proof"),
                findings(Map.of(7, List.of("faults.WildTest#aProgram")), all));
    }

    /** An exempt fault is, for example, an impossible setting: it makes no cache that could be debugged or called. */
    @Test
    void everyFaultIsMetInEachWayToDebugThroughAllEntryPoints() {
        for (Fault fault : Fault.values()) {
            boolean isCrossed = fault.proofs.stream().anyMatch(FaultIndexTest::isCrossed);
            assertEquals(!Fault.IN_ONE_WAY.contains(fault), isCrossed, fault + ", " + fault.text);
        }
    }

    @Test
    void aProofInOneWayOnlyIsFound() {
        assertFalse(isCrossed("handles.LeaseRulesTest#everyRuleIsKept"));
        assertFalse(isCrossed("faults.RaceFaultTest#fault02_aCache"));
        assertTrue(isCrossed("faults.RaceFaultTest#fault02_of"));
    }

    private static boolean isCrossed(String proof) {
        String[] parts = proof.split("#", -1);
        try {
            Class<?> type = Class.forName(TESTS + parts[0]);
            return isFromCases(type)
                    || Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(method -> method.getName().startsWith(parts[1]) && isFromCases(method));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isFromCases(AnnotatedElement test) {
        return AnnotationSupport.findAnnotation(test, MethodSource.class)
                .filter(source -> source.value()[0].startsWith(Case.class.getName() + "#"))
                .isPresent();
    }

    private static List<String> findings(Map<Integer, List<String>> proofs, List<Integer> pending) {
        List<String> findings = new ArrayList<>();
        for (int number = 1; number <= Fault.LAST; number++) {
            boolean isKnown = proofs.containsKey(number);
            if (isKnown && pending.contains(number)) {
                findings.add("fault " + number + " is pending, but has a proof");
            } else if (!isKnown && !pending.contains(number)) {
                findings.add("fault " + number + " is missing");
            } else if (isKnown && proofs.get(number).isEmpty()) {
                findings.add("fault " + number + " has no proof");
            }
            for (String proof : proofs.getOrDefault(number, List.of())) {
                if (!exists(proof)) {
                    findings.add("no test " + proof + " for fault " + number);
                }
            }
        }
        return findings;
    }

    private static boolean exists(String proof) {
        String[] parts = (proof + " ").split("#");
        try {
            Class<?> type = Class.forName(TESTS + parts[0]);
            return parts.length == 2
                    && Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(
                                    method -> isTest(method) && method.getName().startsWith(parts[1].strip()));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class)
                && !AnnotationSupport.isAnnotated(method, Disabled.class)
                && !AnnotationSupport.isAnnotated(method.getDeclaringClass(), Disabled.class);
    }
}
