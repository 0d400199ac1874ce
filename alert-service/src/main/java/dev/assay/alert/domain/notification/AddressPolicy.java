package dev.assay.alert.domain.notification;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Which addresses a notification may be sent to: public unicast ones. Everything that leads back into the house is
 * refused: loopback, link-local (cloud metadata among it), private, carrier-grade NAT, unique local, multicast, reserved,
 * and IPv6 forms that carry an IPv4 address inside (mapped, compatible, 6to4, Teredo, NAT64), which are judged by it.
 */
public final class AddressPolicy {
    private AddressPolicy() {}

    /** Whether {@code address} is a public one. */
    public static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address four) {
            return isPublic(four.getAddress());
        }
        return address instanceof Inet6Address six && isPublicSix(six.getAddress());
    }

    private static boolean isPublic(byte[] four) {
        int a = four[0] & 0xff;
        int b = four[1] & 0xff;
        int c = four[2] & 0xff;
        boolean special = a == 0 // this network
                || a == 10
                || a == 127
                || (a == 100 && b >= 64 && b < 128) // carrier-grade NAT
                || (a == 169 && b == 254) // link-local
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2)) // protocol assignments, documentation
                || (a == 192 && b == 88 && c == 99) // 6to4 relay
                || (a == 198 && (b == 18 || b == 19)) // benchmarks
                || (a == 198 && b == 51 && c == 100) // documentation
                || (a == 203 && b == 0 && c == 113) // documentation
                || a >= 224; // multicast, reserved, broadcast
        return !special;
    }

    private static boolean isPublicSix(byte[] six) {
        if (startsWith(six, 0x00, 0x64, 0xff, 0x9b)) { // NAT64
            return allZero(six, 4, 12) && isPublic(tail(six, 12));
        }
        if (startsWith(six, 0x20, 0x02)) { // 6to4
            return isPublic(tail(six, 2));
        }
        boolean globalUnicast = (six[0] & 0xe0) == 0x20; // 2000::/3
        return globalUnicast
                && !startsWith(six, 0x20, 0x01, 0x00, 0x00) // Teredo
                && !startsWith(six, 0x20, 0x01, 0x0d, 0xb8) // documentation
                && !(startsWith(six, 0x20, 0x01) && (six[2] & 0xfe) == 0x00); // 2001::/23: protocol assignments
    }

    private static boolean startsWith(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((address[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean allZero(byte[] address, int from, int to) {
        for (int i = from; i < to; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] tail(byte[] six, int from) {
        return new byte[] {six[from], six[from + 1], six[from + 2], six[from + 3]};
    }
}
