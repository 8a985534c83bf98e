/**
 * The page of a run: one HTML file that needs no network, and a CSV file for spreadsheets. Read {@code ReportFiles}
 * first.
 */
package io.slabcache.bench.page;
