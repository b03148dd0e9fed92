package dev.ha4j.corosync.srp;

/** Arithmetic of numbers that wrap: what is less than half of the circle ahead is after. */
final class Serial {

    private Serial() {}

    static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    static int max(int a, int b) {
        return isAfter(a, b) ? a : b;
    }

    static int min(int a, int b) {
        return isAfter(a, b) ? b : a;
    }
}
