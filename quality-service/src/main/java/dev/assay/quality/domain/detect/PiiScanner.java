package dev.assay.quality.domain.detect;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds personal data and secrets by their form: e-mail, phone, card, IBAN, US social security number, IP address, key.
 *
 * <p>Takes time linear in the length of the text, whatever it says.
 */
public final class PiiScanner {
    /** A kind of personal data. */
    public enum Kind {
        EMAIL,
        PHONE,
        CARD,
        IBAN,
        SOCIAL_SECURITY_NUMBER,
        IP_ADDRESS,
        SECRET
    }

    /** The detector's name and version. */
    public static final String VERSION = "pii-pattern/2";

    private static final String[] SECRET_PREFIXES = {
        "sk-",
        "sk_live_",
        "rk_live_",
        "ghp_",
        "gho_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "AKIA",
        "ASIA",
        "AIza",
        "hf_",
        "eyJhbGciOi",
        "-----BEGIN"
    };
    private static final Pattern CARD_FORM =
            Pattern.compile("\\d{13,19}|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}(\\1\\d{3})?|\\d{4}([ -])\\d{6}\\3\\d{5}");
    private static final Pattern PHONE_FORM = Pattern.compile("(1[-. ])?(\\(\\d{3}\\) ?|\\d{3}[-. ])\\d{3}[-. ]\\d{4}");
    /** Area, group and serial number as the Social Security Administration gives them out. */
    private static final Pattern SOCIAL_SECURITY_FORM =
            Pattern.compile("(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}");

    private static final int SHORTEST_SECRET = 16;
    /** Longer than any number looked for, with its separators. */
    private static final int LONGEST_NUMBER = 64;

    private PiiScanner() {}

    /** The kinds found in a text. */
    public static Set<Kind> scan(String text) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean fresh = i == 0 || !isWordCharacter(text.charAt(i - 1));
            if (c == '@' && isEmail(text, i)) {
                kinds.add(Kind.EMAIL);
            } else if (fresh && (isDigit(c) || c == '+' || c == '(')) {
                int end = numberEnd(text, i);
                addNumber(text, i, end, kinds);
                i = Math.max(end - 1, i);
            } else if (fresh && c >= 'A' && c <= 'Z' && isIban(text, i)) {
                kinds.add(Kind.IBAN);
            }
            if (fresh && isSecret(text, i)) {
                kinds.add(Kind.SECRET);
            }
            i++;
        }
        return kinds;
    }

    /** The finding that belongs to these kinds. */
    public static Finding finding(Set<Kind> kinds) {
        return new Finding(kinds.isEmpty() ? 0 : 1, !kinds.isEmpty(), VERSION);
    }

    private static boolean isEmail(String text, int at) {
        int start = at;
        while (start > 0 && (isWordCharacter(text.charAt(start - 1)) || ".+-%".indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        int end = at + 1;
        int lastDot = -1;
        while (end < text.length()
                && (isWordCharacter(text.charAt(end)) || text.charAt(end) == '-' || text.charAt(end) == '.')) {
            if (text.charAt(end) == '.' && end + 1 < text.length() && isWordCharacter(text.charAt(end + 1))) {
                lastDot = end;
            }
            end++;
        }
        return start < at && lastDot > at + 1 && Character.isLetter(text.charAt(lastDot + 1)) && !isExample(text, at);
    }

    /** Domains reserved for examples by RFC 2606 are nobody's address. */
    private static boolean isExample(String text, int at) {
        return text.regionMatches(true, at + 1, "example.", 0, 8);
    }

    private static int numberEnd(String text, int from) {
        int end = from;
        int i = from;
        int limit = Math.min(text.length(), from + LONGEST_NUMBER);
        while (i < limit && (isDigit(text.charAt(i)) || "+()-. /".indexOf(text.charAt(i)) >= 0)) {
            if (isDigit(text.charAt(i))) {
                end = i + 1;
            } else if (i > from
                    && !isDigit(text.charAt(i))
                    && !isDigit(text.charAt(i - 1))
                    && text.charAt(i - 1) != ')'
                    && text.charAt(i) != '(') {
                break;
            }
            i++;
        }
        return end;
    }

    private static void addNumber(String text, int from, int end, Set<Kind> kinds) {
        String digits = digits(text, from, end);
        if (isIpAddress(text, from, end)) {
            kinds.add(Kind.IP_ADDRESS);
        } else if (SOCIAL_SECURITY_FORM.matcher(text).region(from, end).matches()) {
            kinds.add(Kind.SOCIAL_SECURITY_NUMBER);
        } else if (digits.length() >= 13
                && digits.length() <= 19
                && passesLuhn(digits)
                && isGroupedLikeACard(text, from, end)) {
            kinds.add(Kind.CARD);
        } else if (isPhone(text, from, end, digits)) {
            kinds.add(Kind.PHONE);
        }
    }

    private static String digits(String text, int from, int end) {
        StringBuilder digits = new StringBuilder(end - from);
        for (int i = from; i < end; i++) {
            if (isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return digits.toString();
    }

    private static boolean isIpAddress(String text, int from, int end) {
        String[] parts = text.substring(from, end).split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> isDigit((char) c))
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return !parts[0].equals("127") && !parts[0].equals("0");
    }

    /** The check digit of ISO/IEC 7812. */
    static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            if (i % 2 == 1) {
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
        }
        return sum % 10 == 0 && !digits.chars().allMatch(c -> c == '0');
    }

    private static boolean isGroupedLikeACard(String text, int from, int end) {
        char first = text.charAt(from);
        return first >= '2'
                && first <= '6'
                && CARD_FORM.matcher(text).region(from, end).matches();
    }

    /** An international number, or a North American one in its usual grouping. */
    private static boolean isPhone(String text, int from, int end, String digits) {
        if (text.charAt(from) == '+') {
            return digits.length() >= 8 && digits.length() <= 15;
        }
        if (digits.length() != 10 && !(digits.length() == 11 && digits.charAt(0) == '1')) {
            return false;
        }
        return PHONE_FORM.matcher(text).region(from, end).matches();
    }

    /** The check of ISO 13616: rearranged and read as a number, the remainder by 97 is 1. */
    private static boolean isIban(String text, int from) {
        StringBuilder iban = new StringBuilder();
        for (int i = from; i < text.length() && iban.length() < 35; i++) {
            char c = text.charAt(i);
            if (c == ' ' && i + 1 < text.length() && isIbanCharacter(text.charAt(i + 1))) {
                continue;
            }
            if (!isIbanCharacter(c)) {
                break;
            }
            iban.append(c);
        }
        if (iban.length() < 15
                || !Character.isLetter(iban.charAt(1))
                || !isDigit(iban.charAt(2))
                || !isDigit(iban.charAt(3))) {
            return false;
        }
        for (int length = Math.min(34, iban.length()); length >= 15; length--) {
            if (remainder(iban, length) == 1) {
                return true;
            }
        }
        return false;
    }

    private static int remainder(CharSequence iban, int length) {
        int remainder = 0;
        for (int i = 0; i < length; i++) {
            char c = iban.charAt((i + 4) % length);
            int value = isDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = (value < 10 ? remainder * 10 + value : remainder * 100 + value) % 97;
        }
        return remainder;
    }

    private static boolean isIbanCharacter(char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isSecret(String text, int from) {
        for (String prefix : SECRET_PREFIXES) {
            if (text.charAt(from) == prefix.charAt(0) && text.startsWith(prefix, from)) {
                int end = from;
                int limit = Math.min(text.length(), from + SHORTEST_SECRET);
                while (end < limit
                        && (isWordCharacter(text.charAt(end)) || text.charAt(end) == '-' || text.charAt(end) == '.')) {
                    end++;
                }
                return end - from >= SHORTEST_SECRET || prefix.startsWith("-----");
            }
        }
        return false;
    }

    private static boolean isWordCharacter(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
