package io.slabcache.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The caches that a test may leave open: {@link NoLeaks} names them on the test or on an enclosing class. */
final class OpenCaches {
    private OpenCaches() {}

    static Predicate<String> allowedBy(ExtensionContext context) {
        List<Pattern> patterns = new ArrayList<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            AnnotationSupport.findAnnotation(at.get().getElement(), NoLeaks.class).stream()
                    .flatMap(annotation -> Arrays.stream(annotation.mayStayOpen()))
                    .map(OpenCaches::pattern)
                    .forEach(patterns::add);
        }
        return name ->
                patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** A star stands for any characters, as in the names of {@code -Dslabcache.debug}. */
    private static Pattern pattern(String names) {
        return Pattern.compile(
                Arrays.stream(names.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
