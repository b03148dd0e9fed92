package dev.ha4j.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

    @Test
    void behavesAsATreeMapThatKeepsItsOldVersions() {
        Random random = new Random(42);
        PersistentMap<Integer, Integer> map = PersistentMap.empty();
        TreeMap<Integer, Integer> oracle = new TreeMap<>();
        for (int step = 0; step < 5_000; step++) {
            PersistentMap<Integer, Integer> before = map;
            int sizeBefore = before.size();
            int key = random.nextInt(300);
            if (random.nextInt(3) == 0) {
                map = map.remove(key);
                oracle.remove(key);
            } else {
                map = map.put(key, step);
                oracle.put(key, step);
            }
            assertThat(before.size()).isEqualTo(sizeBefore);
            assertThat(map.size()).isEqualTo(oracle.size());
        }
        assertThat(map.stream().map(Map.Entry::getKey)).containsExactlyElementsOf(oracle.keySet());
        assertThat(map.stream().map(Map.Entry::getValue)).containsExactlyElementsOf(oracle.values());
    }

    @Test
    void entriesFromAKeyOnAreTheTailOfATreeMap() {
        Random random = new Random(11);
        PersistentMap<Integer, Integer> map = PersistentMap.empty();
        TreeMap<Integer, Integer> oracle = new TreeMap<>();
        for (int step = 0; step < 300; step++) {
            int key = random.nextInt(500);
            map = map.put(key, step);
            oracle.put(key, step);
            int first = random.nextInt(520) - 10;
            assertThat(map.from(first).map(Map.Entry::getKey))
                    .containsExactlyElementsOf(oracle.tailMap(first).keySet());
        }
        assertThat(PersistentMap.<Integer, Integer>empty().from(0)).isEmpty();
    }

    @Test
    void equalContentIsEqualWhateverTheOrderOfInsertion() {
        PersistentMap<Integer, String> rising = PersistentMap.empty();
        PersistentMap<Integer, String> falling = PersistentMap.empty();
        for (int i = 0; i < 100; i++) {
            rising = rising.put(i, "v" + i);
            falling = falling.put(99 - i, "v" + (99 - i));
        }
        assertThat(rising).isEqualTo(falling).hasSameHashCodeAs(falling);
        assertThat(rising.remove(5)).isNotEqualTo(falling);
    }

    @Test
    void changesSinceAreThoseOfAnObviousComparison() {
        Random random = new Random(7);
        PersistentMap<Integer, Integer> map = PersistentMap.empty();
        for (int round = 0; round < 2_000; round++) {
            PersistentMap<Integer, Integer> before = map;
            for (int change = random.nextInt(4); change > 0; change--) {
                int key = random.nextInt(200);
                map = random.nextInt(3) == 0 ? map.remove(key) : map.put(key, random.nextInt(5));
            }
            assertThat(map.changesSince(before)).isEqualTo(obviousChanges(before, map));
            assertThat(before.changesSince(map)).isEqualTo(obviousChanges(map, before));
        }
    }

    private static Map<Integer, Optional<Integer>> obviousChanges(
            PersistentMap<Integer, Integer> before, PersistentMap<Integer, Integer> after) {
        TreeMap<Integer, Optional<Integer>> changes = new TreeMap<>();
        before.keys().filter(key -> !after.containsKey(key)).forEach(key -> changes.put(key, Optional.empty()));
        after.stream()
                .filter(entry -> !before.get(entry.getKey()).equals(Optional.of(entry.getValue())))
                .forEach(entry -> changes.put(entry.getKey(), Optional.of(entry.getValue())));
        return changes;
    }

    @Test
    void changesOfAMapThatWasMadeOtherwiseAreFoundToo() {
        PersistentMap<Integer, Integer> rising = PersistentMap.empty();
        PersistentMap<Integer, Integer> falling = PersistentMap.empty();
        for (int i = 0; i < 100; i++) {
            rising = rising.put(i, i);
            falling = falling.put(99 - i, 99 - i);
        }
        assertThat(rising.changesSince(falling)).isEmpty();
        assertThat(rising.put(50, 0).remove(7).changesSince(falling))
                .isEqualTo(Map.of(50, Optional.of(0), 7, Optional.empty()));
        assertThat(rising.changesSince(PersistentMap.empty())).hasSize(100);
        assertThat(PersistentMap.<Integer, Integer>empty().changesSince(falling))
                .hasSize(100);
    }
}
