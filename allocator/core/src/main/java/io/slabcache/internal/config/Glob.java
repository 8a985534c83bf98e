package io.slabcache.internal.config;

/**
 * A pattern for names: {@code *} stands for any characters, {@code ?} for one, everything else for itself.
 *
 * @param pattern as it was given
 */
record Glob(String pattern) {
    /**
     * Returns whether the pattern matches a whole name. Only the last {@code *} is retried with more characters:
     * whatever an earlier one could match, the later one can match too. So the time is at most the product of the two
     * lengths.
     */
    boolean matches(String name) {
        int at = 0;
        int star = -1;
        int taken = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                taken = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
