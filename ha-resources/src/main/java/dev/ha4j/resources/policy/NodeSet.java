package dev.ha4j.resources.policy;

/** Some of the nodes, by their indexes. */
final class NodeSet {
    private long[] bits = {};

    void add(Node node) {
        int word = node.index >> 6;
        if (word >= bits.length) {
            bits = java.util.Arrays.copyOf(bits, word + 1);
        }
        bits[word] |= 1L << node.index;
    }

    boolean contains(Node node) {
        int word = node.index >> 6;
        return word < bits.length && (bits[word] & 1L << node.index) != 0;
    }

    boolean isEmpty() {
        return bits.length == 0;
    }
}
