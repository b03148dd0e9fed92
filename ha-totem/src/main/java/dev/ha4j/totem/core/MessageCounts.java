package dev.ha4j.totem.core;

import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.util.Collections;
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
    private long loans;
    private long recoveries;

    void count(TotemMessage message) {
        if (message instanceof RegularMessage) {
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
        } else if (message instanceof TokenLoan) {
            loans++;
        } else if (message instanceof RecoveryMessage) {
            recoveries++;
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
        report.put("token loan", loans);
        report.put("recovery", recoveries);
        return Collections.unmodifiableSortedMap(report);
    }
}
