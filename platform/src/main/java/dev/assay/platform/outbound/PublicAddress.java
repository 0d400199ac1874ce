package dev.assay.platform.outbound;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be connected to on behalf of a project: public unicast ones. What leads back into the house (loopback, private
 * networks, link-local with cloud metadata) is refused, also inside of IPv6 forms that carry an IPv4 address.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4 special-purpose registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA IPv6 special-purpose registry</a>
 */
public final class PublicAddress {
    /** Networks of IPv4 that are not public: the first four bytes and the length of the prefix. */
    private static final List<long[]> SPECIAL = List.of(
            net(0, 0, 0, 0, 8),
            net(10, 0, 0, 0, 8),
            net(100, 64, 0, 0, 10),
            net(127, 0, 0, 0, 8),
            net(169, 254, 0, 0, 16),
            net(172, 16, 0, 0, 12),
            net(192, 0, 0, 0, 24),
            net(192, 0, 2, 0, 24),
            net(192, 88, 99, 0, 24),
            net(192, 168, 0, 0, 16),
            net(198, 18, 0, 0, 15),
            net(198, 51, 100, 0, 24),
            net(203, 0, 113, 0, 24),
            net(224, 0, 0, 0, 3));

    private PublicAddress() {}

    private static long[] net(int a, int b, int c, int d, int prefix) {
        return new long[] {(long) a << 24 | b << 16 | c << 8 | d, prefix};
    }

    /** Whether it is a public unicast address. */
    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isFour(word(bytes, 0)) : isSix(bytes);
    }

    private static boolean isFour(long four) {
        return SPECIAL.stream().noneMatch(net -> four >> (32 - net[1]) == net[0] >> (32 - net[1]));
    }

    private static boolean isSix(byte[] six) {
        long first = word(six, 0);
        if (first == 0x0064ff9bL) { // NAT64, 64:ff9b::/96
            return word(six, 4) == 0 && word(six, 8) == 0 && isFour(word(six, 12));
        }
        if (first >> 16 == 0x2002) { // 6to4
            return isFour((first & 0xffff) << 16 | word(six, 4) >> 16);
        }
        boolean globalUnicast = first >> 29 == 1; // 2000::/3
        boolean protocol = first >> 9 == 0x20010000L >> 9; // 2001::/23, Teredo among it
        boolean documentation = first == 0x20010db8L || first >> 12 == 0x3fff0;
        return globalUnicast && !protocol && !documentation;
    }

    private static long word(byte[] bytes, int at) {
        long word = 0;
        for (int i = 0; i < 4; i++) {
            word = word << 8 | bytes[at + i] & 0xff;
        }
        return word;
    }
}
