package io.slabcache.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser draws each chart of the page, and the page is as wide as a phone. Skipped where there is no Chromium. */
class BrowserTest {

    private static final int MINUTES = 2;

    @TempDir
    private Path folder;

    @Test
    void aBrowserDrawsEachChart() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no chromium, chromium-browser, google-chrome or chrome on the PATH");
        Path json = Files.copy(Path.of("../docs/results/2026-11-29.json"), folder.resolve("results.json"));
        ReportFiles.write(json);
        Document page = dom(browser.get(), json.resolveSibling("results.html"));
        assertEquals(6, page.select(".chart svg").size(), page.select("main")::toString);
        String drawn = page.select(".chart svg").text();
        assertTrue(drawn.contains("slabcache-segment"), drawn);
        assertTrue(drawn.contains("nanoseconds"), drawn);
        assertTrue(page.select(".chart svg path").size() > 4, "bars and intervals");
    }

    /** Returns the page as it is after its scripts have run. */
    private Document dom(Path browser, Path page) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=390,844",
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        page.toUri().toString()))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not end: " + Files.readString(folder.resolve("err")));
        }
        return Jsoup.parse(out.toFile());
    }

    private static Optional<Path> browser() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
