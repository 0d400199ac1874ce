/** What a call costs: usage split into disjoint classes, rate cards, and the rules that pick a card for a model name. */
@NullMarked
package dev.assay.cost.domain.pricing;

import org.jspecify.annotations.NullMarked;
