package dev.ha4j.testkit.planted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A method that was renamed, or a field that it needs, must not disarm a bug unnoticed. */
class PlantedBugTest {

    @ParameterizedTest
    @EnumSource
    void bugCanBePlanted(PlantedBug bug) throws ClassNotFoundException {
        PlantingClassLoader loader = new PlantingClassLoader(bug);
        for (PlantedBug.Change change : bug.changes()) {
            assertThat(loader.loadClass(change.className()).getClassLoader()).isSameAs(loader);
        }
        assertThat(loader.isPlanted()).isTrue();
    }
}
