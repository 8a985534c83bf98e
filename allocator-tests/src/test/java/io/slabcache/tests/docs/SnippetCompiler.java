package io.slabcache.tests.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a snippet of a document in memory, and runs its main method if it has one. */
final class SnippetCompiler {
    private SnippetCompiler() {}

    /** Compiles and runs the snippet; an {@link AssertionError} names the lines of the document that do not compile. */
    static void run(Snippet snippet) throws Throwable {
        Loader loader = new Loader(compile(snippet));
        for (String name : loader.classes.keySet()) {
            try {
                loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            } catch (NoSuchMethodException e) {
                continue;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** Compiles the snippet; an {@link AssertionError} names the lines of the document that do not compile. */
    static Map<String, byte[]> compile(Snippet snippet) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(diagnostics, null, null);
                MemoryFiles files = new MemoryFiles(standard)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            diagnostics,
                            List.of("-cp", snippet.classPath()),
                            null,
                            List.of(new Source(snippet.toUnit())))
                    .call();
            if (!compiled) {
                throw new AssertionError(diagnostics.getDiagnostics().stream()
                        .map(diagnostic -> describe(snippet, diagnostic))
                        .collect(Collectors.joining("\n", "does not compile:\n", "")));
            }
            Map<String, byte[]> classes = new HashMap<>();
            files.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    private static String describe(Snippet snippet, Diagnostic<?> diagnostic) {
        return "line " + snippet.documentLine(diagnostic.getLineNumber()) + ": " + diagnostic.getMessage(null);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:/Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        /** The snippet chooses the name of its class. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        MemoryFiles(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:/" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(SnippetCompiler.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
