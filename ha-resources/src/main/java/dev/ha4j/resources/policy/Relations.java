package dev.ha4j.resources.policy;

/** Links actions. */
final class Relations {
    private Relations() {}

    /** Q: refused if there is a relation between the two already that has any of these flags. */
    static boolean add(Action first, Action then, int flags) {
        if (flags == 0) {
            return false;
        }
        if (first.after.size() <= then.before.size()) {
            for (Relation relation : first.after) {
                if (relation.then == then && relation.has(flags)) {
                    return false;
                }
            }
        } else {
            for (Relation relation : then.before) {
                if (relation.first == first && relation.has(flags)) {
                    return false;
                }
            }
        }
        Relation relation = new Relation(first, then, flags);
        first.after.add(relation);
        then.before.add(relation);
        return true;
    }
}
