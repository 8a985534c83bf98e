package io.slabcache.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the raw results, indented, so that two files can be compared line by line. */
public final class JsonFile {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonFile() {}

    /** Writes records to the file; replaces an existing one. */
    public static void write(Object results, Path file) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(results) + "\n");
    }
}
