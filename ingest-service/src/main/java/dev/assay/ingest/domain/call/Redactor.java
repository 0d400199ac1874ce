package dev.assay.ingest.domain.call;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes personal data and secrets out of a text: e-mail addresses, phone numbers, cards, IBANs, IP addresses, keys and
 * tokens.
 *
 * <p>Patterns are possessive, so the time is linear in the text. Check digits are checked where there are any: not every
 * number of sixteen digits is a card.
 */
public final class Redactor {

    private record Rule(String replacement, Pattern pattern, Predicate<String> isReal) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "[key]",
                    "-----BEGIN [A-Z ]{0,30}+PRIVATE KEY-----[A-Za-z0-9+/=\\s]{0,8192}+(?:-----END [A-Z ]{0,30}+-----)?+"),
            rule("[key]", "\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+"),
            rule(
                    "[key]",
                    "\\b(?:sk|pk|rk)[-_](?:[a-z]{2,8}[-_]){0,3}+[A-Za-z0-9][A-Za-z0-9_-]{15,}+"
                            + "|\\bassay_[A-Za-z0-9]{8,24}+_[A-Za-z0-9_-]{43}+"
                            + "|\\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{30,}+|\\bgithub_pat_[A-Za-z0-9_]{20,}+"
                            + "|\\bglpat-[A-Za-z0-9_-]{20,}+|\\bxox[abeoprs]-[A-Za-z0-9-]{10,}+"
                            + "|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bAIza[0-9A-Za-z_-]{35}"
                            + "|\\bhf_[A-Za-z0-9]{30,}+|(?<=[Bb]earer )[A-Za-z0-9._~+/=-]{16,}+"),
            rule("[email]", "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){1,8}+"),
            new Rule(
                    "[iban]",
                    Pattern.compile("\\b[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\\b"),
                    Redactor::isIban),
            new Rule("[card]", Pattern.compile("(?<![\\d.])\\d(?:[ -]?\\d){12,18}(?![\\d])"), Redactor::isCard),
            new Rule(
                    "[ip]",
                    Pattern.compile("(?<![\\d.])\\d{1,3}+(?:\\.\\d{1,3}+){3}+(?![\\d.]*\\d)"),
                    Redactor::isIpV4),
            new Rule(
                    "[ip]",
                    Pattern.compile("(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{0,4}+:){2,7}+[0-9A-Fa-f]{0,4}+(?![0-9A-Fa-f:])"),
                    Redactor::isIpV6),
            new Rule(
                    "[phone]",
                    Pattern.compile("(?<![\\w.+-])(?:(?:\\+\\d|\\(\\d|00[1-9]|0[1-9])[\\d ().-]{4,20}\\d"
                            + "|\\d{3}[-. ]\\d{3}[-. ]\\d{4})(?!\\w)"),
                    Redactor::isPhone));

    private static Rule rule(String replacement, String pattern) {
        return new Rule(replacement, Pattern.compile(pattern), found -> true);
    }

    /** The text with what was found replaced by what it was; the text itself when nothing was found. */
    public static String redact(String text) {
        String redacted = text;
        for (Rule rule : RULES) {
            redacted = apply(rule, redacted);
        }
        return redacted;
    }

    private static String apply(Rule rule, String text) {
        Matcher matcher = rule.pattern.matcher(text);
        StringBuilder changed = null;
        int copied = 0;
        while (matcher.find()) {
            String found = matcher.group();
            if (rule.isReal.test(found)) {
                if (changed == null) {
                    changed = new StringBuilder(text.length());
                }
                int end = matcher.end() - trailing(found);
                changed.append(text, copied, matcher.start()).append(rule.replacement);
                copied = end;
            }
        }
        return changed == null
                ? text
                : changed.append(text, copied, text.length()).toString();
    }

    /** Blanks and punctuation after a number belong to the sentence. */
    private static int trailing(String found) {
        int end = found.length();
        while (end > 0 && " .-(".indexOf(found.charAt(end - 1)) >= 0) {
            end--;
        }
        return found.length() - end;
    }

    private static boolean isCard(String found) {
        return luhn(digits(found));
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits.length() >= 13
                && sum % 10 == 0
                && digits.chars().distinct().count() > 1;
    }

    /** ISO 13616: the first four characters moved to the end, letters as 10 to 35, the remainder by 97 is 1. */
    private static boolean isIban(String found) {
        String bare = found.replace(" ", "").replace("-", "");
        if (bare.length() < 15 || bare.length() > 34) {
            return false;
        }
        String turned = bare.substring(4) + bare.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
        }
        return remainder == 1;
    }

    private static boolean isIpV4(String found) {
        for (String part : found.split("\\.", 4)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpV6(String found) {
        long groups = found.chars().filter(c -> c == ':').count();
        return found.length() >= 4
                && (groups == 7 || found.contains("::"))
                && found.chars().anyMatch(Redactor::isHex);
    }

    private static boolean isHex(int c) {
        return Character.digit(c, 16) >= 0;
    }

    private static boolean isPhone(String found) {
        int digits = digits(found).length();
        return digits >= 8 && digits <= 15;
    }

    private static String digits(String found) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < found.length(); i++) {
            if (Character.isDigit(found.charAt(i))) {
                digits.append(found.charAt(i));
            }
        }
        return digits.toString();
    }

    private Redactor() {}
}
