package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledLine;
import java.time.LocalDate;
import java.util.List;

/**
 * A report that was read.
 *
 * @param firstDay the first UTC day that it is about, lastDay the last: also days on which nothing was billed
 * @param lines at least one
 */
public record Bill(LocalDate firstDay, LocalDate lastDay, List<BilledLine> lines) {
    public Bill {
        lines = List.copyOf(lines);
    }
}
