package dev.ha4j.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
