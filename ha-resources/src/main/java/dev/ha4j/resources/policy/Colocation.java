package dev.ha4j.resources.policy;

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
        return Math.abs(score) >= dev.ha4j.resources.config.Scores.INFINITY;
    }

    /** Whether the preferences of the dependent count when this resource, the primary or an instance of it, is placed. */
    boolean influences(Resource resource) {
        return influence || !resource.isActive();
    }

    String valueOn(Node node) {
        return attribute.equals("#uname") ? node.name : node.attributes.getOrDefault(attribute, "");
    }

    boolean sameValue(String a, String b) {
        return a.equalsIgnoreCase(b);
    }
}
