package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;

/**
 * The wish that one resource runs where another does.
 *
 * @param attribute nodes with the same value of this attribute count as one
 * @param explicit whether it is a constraint of the configuration
 * @param influence whether the primary heeds the dependent's preferences
 */
record Colocation(
        String id,
        Resource dependent,
        Resource primary,
        int score,
        String attribute,
        Role dependentRole,
        Role primaryRole,
        boolean explicit,
        boolean influence) {

    boolean mandatory() {
        return Math.abs(score) >= Scores.INFINITY;
    }

    /** Whether the preferences of the dependent count when this resource, the primary or an instance of it, is placed. */
    boolean influences(Resource resource) {
        return influence || !resource.isActive();
    }

    /** Q: remote nodes of which nothing was heard have no name here yet, so that they count as one. */
    String valueOn(Node node) {
        return isByName() && !node.remote ? node.name : node.attributes.getOrDefault(attribute, "");
    }

    /** Whether each of these nodes has a value of its own. */
    boolean tellsApart(Node[] nodes) {
        if (!isByName()) {
            return false;
        }
        for (Node node : nodes) {
            if (node.remote && !node.attributes.containsKey(attribute)) {
                return false;
            }
        }
        return true;
    }

    private boolean isByName() {
        return attribute.equals("#uname");
    }

    boolean sameValue(String a, String b) {
        return a.equalsIgnoreCase(b);
    }
}
