package dev.ha4j.conformance;

import org.jspecify.annotations.Nullable;

/** How actions are named when they are compared. */
public final class Labels {
    private Labels() {}

    static String ofScore(String kind, String resource, @Nullable String node, int score) {
        return kind + " score of " + resource + (node == null ? "" : " on " + node) + ": " + score;
    }

    /** A text that is the same for the same action. */
    public static String of(String type, String key, String node, long intervalMillis, String targetRc) {
        String where = node.isEmpty() ? "" : " on " + node;
        String result = targetRc.equals("0") ? "" : " =" + targetRc;
        String interval = intervalMillis == 0 ? "" : " every " + intervalMillis;
        return type + " " + key + where + interval + result;
    }
}
