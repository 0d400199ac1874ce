package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of the pictures that a row prices by the pixel, as its key tells it: {@code hd/1024-x-1792/dall-e-3}.
 *
 * <p>A row by the pixel whose key names no size prices nothing: no event tells how many pixels there were.
 */
final class PictureSize {
    private static final Pattern IN_KEY = Pattern.compile("(?:^|.*/)(\\d{2,5})-x-(\\d{2,5})/.*");

    private PictureSize() {}

    /** The price of one picture, {@code width x height} times the price of a pixel; null if either is not known. */
    static @Nullable UnitPrice price(PriceRow row) {
        BigDecimal perPixel = row.rates().get(RateNames.INPUT_PER_PIXEL);
        Matcher size = IN_KEY.matcher(row.key());
        if (perPixel == null || !size.matches()) {
            return null;
        }
        long pixels = Long.parseLong(size.group(1)) * Long.parseLong(size.group(2));
        return new UnitPrice(RateNames.INPUT_PER_PIXEL, perPixel).times(pixels + " pixels", BigDecimal.valueOf(pixels));
    }
}
