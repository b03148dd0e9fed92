package dev.ha4j.resources.policy;

import java.util.List;

/**
 * The part of a sorted history that is about the time since the last start.
 *
 * @param start index of the last start, or of what shows that there was one; -1 for none
 * @param stop index of the last stop that was done; -1 for none
 */
record ActiveRange(int start, int stop) {

    static ActiveRange of(List<HistoryEntry> entries) {
        int start = -1;
        int stop = -1;
        int impliedByMonitor = -1;
        int impliedByPromotion = -1;
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            switch (entry.task) {
                case Tasks.STOP -> stop = entry.isDone() ? i : stop;
                case Tasks.START, Tasks.MIGRATE_FROM -> start = i;
                case Tasks.PROMOTE, Tasks.DEMOTE -> impliedByPromotion = i;
                case Tasks.MONITOR -> {
                    boolean active = entry.rawRc == HistoryEntry.OK || entry.rawRc == HistoryEntry.PROMOTED;
                    if (active && impliedByMonitor <= stop) {
                        impliedByMonitor = i;
                    }
                }
                default -> {}
            }
        }
        if (start == -1) {
            start = impliedByPromotion != -1 ? impliedByPromotion : impliedByMonitor;
        }
        return new ActiveRange(start, stop);
    }
}
