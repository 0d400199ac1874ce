package dev.assay.cost.domain.spend;

import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RobustBaseline;
import dev.assay.platform.stats.StudentT;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a calendar month will have cost at its end: what its complete days did cost, and for today and the days to come what
 * level, trend and weekday of the days before let expect.
 *
 * <p>Weekday factors are taken out, values far off are drawn in to 3.5 robust spreads, and a line is fitted by least
 * squares; a slope under two standard errors is taken for none. The 95 % interval is that of a sum of new observations
 * (scatter of the days, error of level and slope), see the <a
 * href="https://www.itl.nist.gov/div898/handbook/pmd/section5/pmd521.htm">NIST/SEMATECH handbook 4.5.2.1</a>. It never
 * reaches below what has been spent.
 */
public record SpendForecast(BigDecimal value, BigDecimal low, BigDecimal high) {
    /** How many days before today it looks at. */
    public static final int FITTED_DAYS = 56;

    private static final int MIN_TREND_DAYS = 14;
    private static final double FAR_OFF = 3.5;
    private static final double MAD_TO_SIGMA = 1.4826;
    private static final double SIGNIFICANT = 2;
    private static final int DISPLAY_SCALE = 6;

    /**
     * The projection of the month that {@code today} lies in.
     *
     * @param history complete days up to yesterday, from the first with a call on
     * @param spentToday what today has cost so far
     * @return empty if history is shorter than {@link DailyCosts#MIN_HISTORY_DAYS}
     */
    public static Optional<SpendForecast> ofMonth(DailyCosts history, LocalDate today, BigDecimal spentToday) {
        if (history.days().size() < DailyCosts.MIN_HISTORY_DAYS) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.from(today);
        BigDecimal spent = history.days().stream()
                .filter(day -> YearMonth.from(day.date()).equals(month))
                .map(DailyCost::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<DailyCost> fitted = history.last(FITTED_DAYS).days();
        Line line = Line.fit(fitted, WeekdayFactors.of(fitted));

        List<LocalDate> toCome = new ArrayList<>();
        for (LocalDate day = today; !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1)) {
            toCome.add(day);
        }
        double expected = 0;
        for (LocalDate day : toCome) {
            double ofDay = line.expected(day);
            expected += day.equals(today) ? Math.max(ofDay, spentToday.doubleValue()) : ofDay;
        }
        double half = line.halfWidthOfSum(toCome);
        BigDecimal floor = spent.add(spentToday);
        return Optional.of(new SpendForecast(
                rounded(spent.add(BigDecimal.valueOf(expected))),
                rounded(spent.add(BigDecimal.valueOf(Math.max(0, expected - half)))
                        .max(floor)),
                rounded(spent.add(BigDecimal.valueOf(expected + half)))));
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.setScale(DISPLAY_SCALE, RoundingMode.HALF_EVEN);
    }

    /** {@code cost = factor(weekday) x (level + slope x (day - meanDay))}, with what is needed for its error. */
    private record Line(
            WeekdayFactors factors,
            double level,
            double slope,
            double meanDay,
            double variance,
            double squares,
            int count,
            int degreesOfFreedom) {

        static Line fit(List<DailyCost> days, WeekdayFactors factors) {
            List<DailyCost> usable =
                    days.stream().filter(day -> factors.of(day.date()) > 0).toList();
            int n = usable.size();
            double[] x = new double[n];
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                DailyCost day = usable.get(i);
                x[i] = day.date().toEpochDay();
                y[i] = day.cost().doubleValue() / factors.of(day.date());
            }
            drawIn(x, y);
            double meanX = mean(x);
            double meanY = mean(y);
            double squares = 0;
            double products = 0;
            for (int i = 0; i < n; i++) {
                squares += (x[i] - meanX) * (x[i] - meanX);
                products += (x[i] - meanX) * (y[i] - meanY);
            }
            if (n >= MIN_TREND_DAYS) {
                double slope = products / squares;
                double variance = residualVariance(x, y, meanX, meanY, slope, n - 2);
                if (Math.abs(slope) > SIGNIFICANT * Math.sqrt(variance / squares)) {
                    return new Line(factors, meanY, slope, meanX, variance, squares, n, n - 2);
                }
            }
            double variance = residualVariance(x, y, meanX, meanY, 0, n - 1);
            return new Line(factors, meanY, 0, meanX, variance, Double.POSITIVE_INFINITY, n, n - 1);
        }

        double expected(LocalDate day) {
            return Math.max(0, factors.of(day) * (level + slope * (day.toEpochDay() - meanDay)));
        }

        double halfWidthOfSum(List<LocalDate> days) {
            double ownSquares = 0;
            double sum = 0;
            double leverage = 0;
            for (LocalDate day : days) {
                double factor = factors.of(day);
                ownSquares += factor * factor;
                sum += factor;
                leverage += factor * (day.toEpochDay() - meanDay);
            }
            double varianceOfSum =
                    variance * (ownSquares + sum * sum / count + (slope == 0 ? 0 : leverage * leverage / squares));
            // the interval of a mean of df + 1 values with df + 1 times this variance is t(df) times its root wide
            int n = degreesOfFreedom + 1;
            return StudentT.meanInterval(n, 0, varianceOfSum * n)
                    .map(Interval::high)
                    .orElse(Double.POSITIVE_INFINITY);
        }

        /** Draws values far off the robust line in to its border, so that one day does not bend the fit. */
        private static void drawIn(double[] x, double[] y) {
            double slope = x.length >= MIN_TREND_DAYS ? theilSenSlope(x, y) : 0;
            double[] residuals = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                residuals[i] = y[i] - slope * x[i];
            }
            double median = RobustBaseline.median(residuals).orElse(0);
            double[] distances = Arrays.stream(residuals)
                    .map(residual -> Math.abs(residual - median))
                    .sorted()
                    .toArray();
            // at most a tenth of the days are drawn in: spend that comes on every third day only is no outlier
            double reach = Math.max(
                    FAR_OFF * MAD_TO_SIGMA * RobustBaseline.median(distances).orElse(0),
                    distances[distances.length * 9 / 10]);
            for (int i = 0; i < y.length; i++) {
                double centre = median + slope * x[i];
                y[i] = Math.min(Math.max(y[i], centre - reach), centre + reach);
            }
        }

        private static double theilSenSlope(double[] x, double[] y) {
            double[] slopes = new double[x.length * (x.length - 1) / 2];
            int k = 0;
            for (int i = 0; i < x.length; i++) {
                for (int j = i + 1; j < x.length; j++) {
                    slopes[k++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
            return RobustBaseline.median(slopes).orElse(0);
        }

        private static double residualVariance(
                double[] x, double[] y, double meanX, double meanY, double slope, int degreesOfFreedom) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double residual = y[i] - meanY - slope * (x[i] - meanX);
                sum += residual * residual;
            }
            return sum / degreesOfFreedom;
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }
    }
}
