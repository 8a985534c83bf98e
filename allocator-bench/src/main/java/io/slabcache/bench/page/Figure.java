package io.slabcache.bench.page;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A chart with its words.
 *
 * @param id the anchor in the page
 * @param heading short
 * @param sentence what was measured and what the chart means
 * @param option what ECharts draws
 * @param height of the chart, in pixels
 * @param table the same numbers
 */
record Figure(String id, String heading, String sentence, ObjectNode option, int height, TextTable table) {}
