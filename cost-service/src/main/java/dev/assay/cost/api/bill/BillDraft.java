package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.platform.web.Problem;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A bill while its report is read. */
final class BillDraft {
    private static final int MOST_DAYS = 92;

    private final List<BilledLine> lines = new ArrayList<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();

    /** The report is about this day, whatever was billed; false if it was told before. */
    boolean covers(LocalDate day) {
        return days.add(day);
    }

    void add(BilledLine line) {
        days.add(line.day());
        lines.add(line);
    }

    /**
     * The bill, of at least one line and at most 92 days.
     *
     * @param today in UTC: a day that is not over is billed in part only, and would be compared with all of its calls later
     */
    Bill bill(LocalDate today) {
        if (lines.isEmpty()) {
            throw Problem.unprocessable(null, "the report must have a line with an amount");
        }
        if (ChronoUnit.DAYS.between(days.first(), days.last()) >= MOST_DAYS) {
            throw Problem.unprocessable(null, "the report must span at most " + MOST_DAYS + " days");
        }
        if (!days.last().isBefore(today)) {
            throw Problem.unprocessable(null, "the report must end with a day (UTC) that is over, got: " + days.last());
        }
        return new Bill(days.first(), days.last(), lines);
    }
}
