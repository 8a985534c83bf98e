/** The Java examples in the documents compile and run. Read {@code ReadmeTest} first. */
package io.slabcache.tests.docs;
