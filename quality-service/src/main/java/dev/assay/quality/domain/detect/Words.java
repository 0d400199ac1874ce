package dev.assay.quality.domain.detect;

import java.util.Arrays;

/**
 * A text cut into normalised words: lower case, Latin accents folded, digits read as {@code 0}, links and mentions
 * replaced by a placeholder.
 *
 * <p>A reusable buffer, not thread-safe: {@link #read} overwrites what the last text left.
 */
public final class Words {
    private static final int SENTENCE_START = 1;
    private static final int CAPITALISED = 2;
    private static final int HAS_DIGIT = 4;

    private char[] letters = new char[8192];
    private int[] start = new int[1024];
    private int[] end = new int[1024];
    private int[] hash = new int[1024];
    private int[] exactHash = new int[1024];
    private byte[] flags = new byte[1024];
    private int count;
    private int used;
    private int questions;

    /** Reads {@code text[from, to)}; at least that many characters must exist. */
    public Words read(CharSequence text, int from, int to) {
        count = 0;
        used = 0;
        questions = 0;
        if (letters.length < 2 * (to - from) + 64) {
            letters = new char[2 * (to - from) + 64];
        }
        boolean sentence = true;
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (c == '@' && i + 1 < to && Character.isLetterOrDigit(text.charAt(i + 1))) {
                i = skipWhileNotSpace(text, i, to);
                placeholder("@");
            } else if (isLink(text, i, to)) {
                i = skipWhileNotSpace(text, i, to);
                placeholder("#");
            } else if (Character.isLetterOrDigit(c)) {
                i = word(text, i, to, sentence);
                sentence = false;
            } else {
                if (c == '.' || c == '!' || c == '?' || c == '\n') {
                    sentence = true;
                }
                if (c == '?') {
                    questions++;
                }
                i++;
            }
        }
        return this;
    }

    /** Reads a whole text. */
    public Words read(CharSequence text) {
        return read(text, 0, text.length());
    }

    private int word(CharSequence text, int from, int to, boolean sentence) {
        int begin = used;
        int flag = (sentence ? SENTENCE_START : 0) | (Character.isUpperCase(text.charAt(from)) ? CAPITALISED : 0);
        int h = 0;
        int exact = 0;
        int i = from;
        for (; i < to; i++) {
            char c = text.charAt(i);
            char digit = 0;
            if (c == '\u2019' || c == '\'') {
                if (i + 1 < to && Character.isLetter(text.charAt(i + 1)) && i > from) {
                    c = '\'';
                } else {
                    break;
                }
            } else if (c >= 'a' && c <= 'z') {
                // the common case needs no folding
            } else if (c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            } else if (c >= '0' && c <= '9') {
                flag |= HAS_DIGIT;
                digit = c;
                c = '0';
            } else if (Character.isLetterOrDigit(c)) {
                c = Folding.fold(Character.toLowerCase(c));
            } else {
                break;
            }
            letters[used++] = c;
            h = h * 31 + c;
            exact = exact * 31 + (digit == 0 ? c : digit);
        }
        add(begin, Hash.mix(h), Hash.mix(exact), flag);
        return i;
    }

    private void placeholder(String name) {
        int begin = used;
        int h = 0;
        for (int i = 0; i < name.length(); i++) {
            letters[used++] = name.charAt(i);
            h = h * 31 + name.charAt(i);
        }
        add(begin, Hash.mix(h), Hash.mix(h), 0);
    }

    private void add(int begin, int h, int exact, int flag) {
        if (count == start.length) {
            int larger = count * 2;
            start = Arrays.copyOf(start, larger);
            end = Arrays.copyOf(end, larger);
            hash = Arrays.copyOf(hash, larger);
            exactHash = Arrays.copyOf(exactHash, larger);
            flags = Arrays.copyOf(flags, larger);
        }
        start[count] = begin;
        end[count] = used;
        hash[count] = h;
        exactHash[count] = exact;
        flags[count] = (byte) flag;
        count++;
        letters[used++] = ' ';
    }

    private static boolean isLink(CharSequence text, int i, int to) {
        return text.charAt(i) == 'h'
                && i + 8 < to
                && text.charAt(i + 1) == 't'
                && text.charAt(i + 2) == 't'
                && text.charAt(i + 3) == 'p'
                && (text.charAt(i + 4) == ':' || text.charAt(i + 5) == ':');
    }

    private static int skipWhileNotSpace(CharSequence text, int i, int to) {
        while (i < to && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** How many words there are. */
    public int count() {
        return count;
    }

    /** How many question marks the text has. */
    public int questions() {
        return questions;
    }

    /** The 32-bit hash of word {@code i}, the one that {@link Hash#ofWord} gives. */
    public int hash(int i) {
        return hash[i];
    }

    /** The hash of word {@code i} with its digits as they are written; without digits the same as {@link #hash}. */
    public int exactHash(int i) {
        return exactHash[i];
    }

    /** Whether word {@code i} opens a sentence or a line. */
    public boolean startsSentence(int i) {
        return (flags[i] & SENTENCE_START) != 0;
    }

    /** Whether word {@code i} was written with a capital. */
    public boolean isCapitalised(int i) {
        return (flags[i] & CAPITALISED) != 0;
    }

    /** Whether word {@code i} has a digit in it. */
    public boolean hasDigit(int i) {
        return (flags[i] & HAS_DIGIT) != 0;
    }

    /** Length of word {@code i} in characters. */
    public int length(int i) {
        return end[i] - start[i];
    }

    /** Character {@code j} of word {@code i}; the position after its last one holds a space. */
    public char charAt(int i, int j) {
        return letters[start[i] + j];
    }

    char[] letters() {
        return letters;
    }

    int start(int i) {
        return start[i];
    }

    int end(int i) {
        return end[i];
    }
}
