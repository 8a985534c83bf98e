package io.slabcache.tests.jcstress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** The findings of jcstress for one test, in all of its forks. */
final class Findings {
    /** The description of outcomes that a scenario does not name. */
    static final String UNNAMED = "an outcome without a name";

    private static final int NAME_WIDTH = 42;

    private final String test;
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final List<String> forbidden = new ArrayList<>();
    private final List<String> unnamed = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int forks;
    private long samples;

    private Findings(String test) {
        this.test = test;
    }

    /** Returns the findings by the names of the tests. */
    static SortedMap<String, Findings> of(Collection<TestResult> results) {
        SortedMap<String, Findings> all = new TreeMap<>();
        for (TestResult result : results) {
            all.computeIfAbsent(result.getName(), Findings::new).add(result);
        }
        return all;
    }

    private void add(TestResult result) {
        forks++;
        samples += result.getTotalCount();
        if (result.status() != Status.NORMAL) {
            errors.add(result.status() + ": " + result.getMessages() + result.getVmErr());
        }
        for (GradingResult grade : result.grading().gradingResults.values()) {
            if (grade.count > 0) {
                outcomes.merge(grade.id, grade.count, Long::sum);
                if (grade.expect != Expect.ACCEPTABLE && grade.expect != Expect.ACCEPTABLE_INTERESTING) {
                    (grade.description.equals(UNNAMED) ? unnamed : forbidden).add(grade.id);
                }
            }
        }
    }

    int forks() {
        return forks;
    }

    int actors() {
        return TestList.getInfo(test).threads();
    }

    long samples() {
        return samples;
    }

    /** Returns the output of forks that did not end. */
    List<String> errors() {
        return errors;
    }

    /** Returns the observed outcomes that the scenario names and forbids. */
    List<String> forbidden() {
        return forbidden;
    }

    /** Returns the observed outcomes that the scenario does not name. */
    List<String> unnamed() {
        return unnamed;
    }

    @Override
    public String toString() {
        String name = test.substring(test.lastIndexOf('.', test.lastIndexOf('.') - 1) + 1);
        return name
                + " ".repeat(Math.max(1, NAME_WIDTH - name.length()))
                + outcomes
                + (errors.isEmpty() ? "" : " " + errors);
    }
}
