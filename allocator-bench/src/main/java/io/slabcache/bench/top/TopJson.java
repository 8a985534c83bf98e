package io.slabcache.bench.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.JvmSearch;
import io.slabcache.bench.attach.RunningJvm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same figures for scripts. Text outside ASCII is escaped, so that any charset of the terminal will do. */
public final class TopJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private TopJson() {}

    /** Returns one object for a JVM, with all its caches. */
    public static String of(long pid, List<CacheSample> caches) {
        Map<String, Object> jvm = new LinkedHashMap<>();
        jvm.put("pid", pid);
        jvm.put("caches", caches.stream().map(TopJson::cache).toList());
        return write(jvm);
    }

    private static Map<String, Object> cache(CacheSample sample) {
        Map<String, Object> cache = new LinkedHashMap<>();
        cache.put("name", sample.name());
        cache.put("id", sample.id());
        cache.put("time", sample.time().toString());
        // No reader is sure to keep numbers of 64 bits: the sign of a missing bound is null.
        sample.figures().forEach((name, value) -> cache.put(name, value == Long.MAX_VALUE ? null : value));
        sample.rate("allocations").ifPresent(rate -> cache.put("allocationsPerSecond", rate));
        sample.rate("frees").ifPresent(rate -> cache.put("freesPerSecond", rate));
        cache.put("hitPercent", sample.hitPercent());
        cache.put("slowPath", sample.steps());
        cache.put("threads", sample.threads());
        cache.put("live", sample.sites());
        return cache;
    }

    /** Returns the JVMs of a search. */
    public static String of(JvmSearch search) {
        Map<String, List<RunningJvm>> found = new LinkedHashMap<>();
        found.put("jvms", search.found());
        found.put("silent", search.silent());
        return write(found);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
