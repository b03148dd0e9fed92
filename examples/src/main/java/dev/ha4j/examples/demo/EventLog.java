package dev.ha4j.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What the nodes told, in the order in which it was heard. Any thread. */
final class EventLog {

    /** Far more than a run has; then the oldest are forgotten. */
    private static final int MAX_EVENTS = 20_000;

    private final List<Event> events = new ArrayList<>();

    /**
     * One line of a node's timeline.
     *
     * @param nanos when the node told it
     * @param node who told it
     * @param kind what it is about
     * @param text in words
     */
    record Event(long nanos, String node, String kind, String text) {

        /** Reads what follows {@code EVENT}. */
        static Event parse(String node, String line) {
            String[] words = line.split(" ", 3);
            return new Event(Long.parseLong(words[0]), node, words[1], words[2]);
        }
    }

    synchronized void add(Event event) {
        if (events.size() >= MAX_EVENTS) {
            events.subList(0, MAX_EVENTS / 2).clear();
        }
        events.add(event);
    }

    /** The instant of the earliest that is such, since an instant. */
    synchronized OptionalLong first(long sinceNanos, Predicate<Event> such) {
        return events.stream()
                .filter(event -> event.nanos() >= sinceNanos)
                .filter(such)
                .mapToLong(Event::nanos)
                .min();
    }

    /** The latest that is such. */
    synchronized Optional<Event> last(Predicate<Event> such) {
        return events.stream().filter(such).reduce((earlier, later) -> later);
    }
}
