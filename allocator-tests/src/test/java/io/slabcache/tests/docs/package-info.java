/**
 * The Java examples in documents and Javadoc compile, and the documents name only what exists. Read {@code ReadmeTest}
 * first.
 */
package io.slabcache.tests.docs;
