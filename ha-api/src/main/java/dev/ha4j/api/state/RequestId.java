package dev.ha4j.api.state;

import java.util.Comparator;

/**
 * Names a request of an application or operator, so that sending it again does not do it twice.
 *
 * @param client random number of the one who asks, drawn once
 * @param sequence rises with each of its requests
 */
public record RequestId(long client, long sequence) implements Comparable<RequestId> {

    private static final Comparator<RequestId> ORDER =
            Comparator.comparingLong(RequestId::client).thenComparingLong(RequestId::sequence);

    @Override
    public int compareTo(RequestId other) {
        return ORDER.compare(this, other);
    }
}
