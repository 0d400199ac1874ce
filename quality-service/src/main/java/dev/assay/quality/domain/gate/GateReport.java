package dev.assay.quality.domain.gate;

import dev.assay.platform.stats.Interval;
import java.util.List;
import java.util.Locale;

/** A run as people and build servers read it: Markdown, and the XML that JUnit's reporters understand. */
public final class GateReport {
    private static final int MOST_NAMED = 20;

    private GateReport() {}

    /** One case of the run; {@code message} says what was wanted and given. */
    public record Line(String caseId, boolean passed, double score, String message) {}

    /** A few lines and a table. */
    public static String markdown(String gate, String label, GateVerdict it, List<Line> lines) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(it.passed() ? "Passed" : "Failed")
                .append(": ")
                .append(cell(gate))
                .append(label.isEmpty() ? "" : " — " + cell(label))
                .append("\n\n");
        it.reasons().forEach(reason -> text.append("- ").append(reason).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "%n| cases | passed | rate | 95 %% interval | mean score |%n|---|---|---|---|---|%n"
                        + "| %d | %d | %.1f %% | %.1f to %.1f %% | %.3f |%n",
                it.cases(),
                it.good(),
                100 * it.passRate(),
                100 * it.ci95().low(),
                100 * it.ci95().high(),
                it.meanScore()));
        GateVerdict.Comparison comparison = it.comparison();
        if (comparison != null) {
            Interval rates = comparison.rates().ci95();
            text.append(String.format(
                    Locale.ROOT,
                    "%nAgainst the baseline, over %d cases: %+.1f points (95 %% interval %+.1f to %+.1f, p = %.2g);"
                            + " %d fixed, %d broken.%n",
                    comparison.cases(),
                    100 * comparison.rates().difference(),
                    100 * rates.low(),
                    100 * rates.high(),
                    comparison.rates().pValue(),
                    comparison.fixed().size(),
                    comparison.broken().size()));
        }
        List<Line> failed = lines.stream().filter(line -> !line.passed()).toList();
        if (!failed.isEmpty()) {
            text.append("\n| failed case | score | |\n|---|---|---|\n");
            failed.stream()
                    .limit(MOST_NAMED)
                    .forEach(line -> text.append(String.format(
                            Locale.ROOT,
                            "| %s | %.3f | %s |%n",
                            cell(line.caseId()),
                            line.score(),
                            cell(line.message()))));
            if (failed.size() > MOST_NAMED) {
                text.append("\nand ").append(failed.size() - MOST_NAMED).append(" more\n");
            }
        }
        return text.toString();
    }

    /** One test per case, and one for the gate itself, whose failure is the verdict. */
    public static String junit(String gate, GateVerdict it, List<Line> lines) {
        long skipped = lines.stream().filter(line -> !line.passed()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n"
                .formatted(escaped(gate), lines.size() + 1, it.passed() ? 0 : 1, skipped));
        xml.append("  <testcase classname=\"%s\" name=\"gate\"".formatted(escaped(gate)));
        xml.append(
                it.passed()
                        ? "/>\n"
                        : "><failure message=\"%s\"/></testcase>\n"
                                .formatted(escaped(String.join("; ", it.reasons()))));
        // a single failed case fails no gate: it is told as skipped, so that build servers show it and go on
        for (Line line : lines) {
            xml.append("  <testcase classname=\"%s\" name=\"%s\"".formatted(escaped(gate), escaped(line.caseId())));
            xml.append(
                    line.passed()
                            ? "/>\n"
                            : "><skipped message=\"%s\"/></testcase>\n".formatted(escaped(line.message())));
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static String cell(String text) {
        return text.replaceAll("[\\r\\n|]+", " ").replace("<", "&lt;");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    boolean allowed = c == '\t'
                            || c == '\n'
                            || c >= 0x20 && c < 0xd800
                            || c >= 0xe000 && c < 0xfffe
                            || c >= 0x10000;
                    escaped.appendCodePoint(allowed ? c : 0xfffd);
                }
            }
        });
        return escaped.toString();
    }
}
