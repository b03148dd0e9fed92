package dev.ha4j.testkit.scenario;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.testkit.world.UserThreads;
import java.util.Locale;
import java.util.TreeMap;

/** Operations that fail or hang on certain nodes, because the scenario says so. */
final class Troubles {

    private enum Kind {
        FAILS,
        HANGS
    }

    private record Place(String resource, String operation, String node) implements Comparable<Place> {

        static Place of(String resource, OperationName operation, String node) {
            return new Place(resource, operation.name().toLowerCase(Locale.ROOT), node);
        }

        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    private final UserThreads threads;
    private final TreeMap<Place, Kind> kinds = new TreeMap<>();

    Troubles(UserThreads threads) {
        this.threads = threads;
    }

    void fails(String resource, OperationName operation, String node) {
        kinds.put(Place.of(resource, operation, node), Kind.FAILS);
    }

    void hangs(String resource, OperationName operation, String node) {
        kinds.put(Place.of(resource, operation, node), Kind.HANGS);
    }

    void clear() {
        kinds.clear();
    }

    /** Called where the operation is about to begin, on the user's thread. */
    void strike(String resource, OperationName operation, String node) throws InterruptedException {
        Place place = Place.of(resource, operation, node);
        Kind kind = kinds.get(place);
        if (kind == Kind.FAILS) {
            throw new IllegalStateException(place.operation + " of " + resource + " fails on " + node + " (scenario)");
        }
        if (kind == Kind.HANGS) {
            threads.restForever();
        }
    }
}
