/**
 * Memory budgets that caches share: what each call does at the limit, who gives memory back, and that nothing blocks or
 * exceeds the limit. Read {@code BudgetRefusalTest} first, then {@code BudgetReclaimTest}.
 */
package io.slabcache.tests.budget;
