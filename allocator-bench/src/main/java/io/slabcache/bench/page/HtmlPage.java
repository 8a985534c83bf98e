package io.slabcache.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders a page as one HTML file: the template, the figures, and the chart library, so that it needs no network. Each
 * chart stands in the file as the JSON that ECharts draws, and beside it the same numbers as a table.
 */
final class HtmlPage {

    private static final String TEMPLATE = "page.html";
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    private HtmlPage() {}

    static String render(Page page) {
        return resource(TEMPLATE)
                .replace("{{title}}", text(page.title()))
                .replace(
                        "{{facts}}",
                        page.facts().stream()
                                .map(fact -> "<li>" + text(fact) + "</li>")
                                .collect(Collectors.joining("\n")))
                .replace(
                        "{{contents}}",
                        page.figures().stream()
                                .map(figure ->
                                        "<a href=\"#%s\">%s</a>".formatted(text(figure.id()), text(figure.heading())))
                                .collect(Collectors.joining("\n")))
                .replace(
                        "{{figures}}",
                        page.figures().stream().map(HtmlPage::figure).collect(Collectors.joining("\n")))
                .replace("{{echarts}}", resource(ECHARTS));
    }

    private static String figure(Figure figure) {
        return """
                <section id="%1$s">
                <h2>%2$s</h2>
                <p>%3$s</p>
                <div class="chart" role="img" aria-label="Chart of %2$s; the same numbers are in the table below" \
                style="height:%4$dpx"></div>
                <script type="application/json">%5$s</script>
                <details><summary>The numbers as a table</summary>
                <div class="scroll"><table><thead><tr>%6$s</tr></thead><tbody>%7$s</tbody></table></div>
                </details>
                </section>
                """.formatted(
                        text(figure.id()),
                        text(figure.heading()),
                        text(figure.sentence()),
                        figure.height(),
                        script(figure.option().toString()),
                        cells("th", figure.table().head()),
                        figure.table().rows().stream()
                                .map(row -> "<tr>" + cells("td", row) + "</tr>")
                                .collect(Collectors.joining("\n")));
    }

    private static String cells(String tag, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%1$s>%2$s</%1$s>".formatted(tag, text(cell)))
                .collect(Collectors.joining());
    }

    /** Escapes for the text of an element and for an attribute in quotes. */
    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Nothing in JSON ends the script early. */
    private static String script(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
