package dev.assay.platform.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/kpis.md} to the catalogue. */
class KpiDocsTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final String UNMEASURED = "—";

    private record Documented(String name, String unit, String target, String formula, String source) {}

    private static List<Documented> documented() throws IOException {
        List<Documented> rows = new ArrayList<>();
        for (String line : Files.readAllLines(REPOSITORY.resolve("docs/kpis.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Documented(
                        row.group(1), row.group(2).strip(), row.group(3).strip(), row.group(4), row.group(5)));
            }
        }
        return rows;
    }

    @Test
    void namesEveryKpiAndNoOther() throws IOException {
        assertThat(documented().stream().map(Documented::name))
                .containsExactlyInAnyOrderElementsOf(
                        KpiCatalogue.all().stream().map(Kpi::name).toList());
    }

    @Test
    void tellsUnitsAndTargetsAsTheyAre() throws IOException {
        for (Documented row : documented()) {
            Kpi kpi = KpiCatalogue.get(row.name());
            assertThat(row.unit()).as(row.name()).isEqualTo(kpi.unit().name().toLowerCase(Locale.ROOT));
            assertThat(row.target()).as(row.name()).isEqualTo(text(kpi.target()));
            assertThat(row.formula()).as(row.name()).isNotBlank();
        }
    }

    @Test
    void namesClassesThatThereAre() throws IOException {
        Set<String> classes = new HashSet<>();
        for (String module : List.of("platform", "ingest-service", "cost-service", "quality-service")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
                files.forEach(file -> classes.add(file.getFileName().toString()));
            }
        }
        for (Documented row : documented()) {
            if (!row.source().equals(UNMEASURED)) {
                assertThat(classes).as(row.name()).contains(row.source().replace("`", "") + ".java");
            }
        }
    }

    private static String text(@Nullable Target target) {
        if (target == null) {
            return "";
        }
        return switch (target.direction()) {
            case FALLING -> "falling";
            case BETWEEN -> plain(target.bound()) + " to " + plain(target.upper());
            default -> target.direction().wireName() + " " + plain(target.bound());
        };
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
