package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A pattern with stars and question marks matches the same names as the equivalent regular expression, compared for
 * random patterns. Many stars do not make it slow.
 */
class GlobTest {
    private static String random(RandomGenerator random, String characters) {
        return random.ints(random.nextInt(8), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static boolean matchesAsRegex(String glob, String name) {
        String regex = glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }

    @Test
    void itMatchesWhatTheRegularExpressionDoes() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        int matches = 0;
        for (int i = 0; i < 200_000; i++) {
            String glob = random(random, "ab*?.");
            String name = random(random, "ab.\n");
            boolean expected = matchesAsRegex(glob, name);
            assertEquals(expected, new Glob(glob).matches(name), () -> "'" + glob + "' against '" + name + "'");
            matches += expected ? 1 : 0;
        }
        assertTrue(matches > 10_000, "only " + matches + " matched");
    }

    /** A pattern does not make build() hang. A regular expression would try every way to split the name among the stars. */
    @Test
    void manyStarsTakeNoTime() {
        Glob glob = new Glob("*a".repeat(40) + "*b");
        String name = "a".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertFalse(glob.matches(name)));
    }
}
