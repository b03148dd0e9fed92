package dev.ha4j.corosync.srp;

import java.util.SortedMap;
import java.util.TreeMap;

/** Ring messages by kind. */
final class MessageCounts {

    private long tokens;
    private long messages;
    private long joins;
    private long commitTokens;
    private long mergeDetects;
    private long holdCancels;

    void count(SrpMessage message) {
        if (message instanceof OrderedMessage) {
            messages++;
        } else if (message instanceof Token) {
            tokens++;
        } else if (message instanceof JoinMessage) {
            joins++;
        } else if (message instanceof CommitToken) {
            commitTokens++;
        } else if (message instanceof MergeDetect) {
            mergeDetects++;
        } else if (message instanceof HoldCancel) {
            holdCancels++;
        }
    }

    SortedMap<String, Long> report() {
        TreeMap<String, Long> report = new TreeMap<>();
        report.put("token", tokens);
        report.put("message", messages);
        report.put("join", joins);
        report.put("commit token", commitTokens);
        report.put("merge detect", mergeDetects);
        report.put("hold cancel", holdCancels);
        return report;
    }
}
