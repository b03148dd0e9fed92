package dev.ha4j.conformance.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recorded inputs with something changed: they reach corners that no generator thinks of. */
final class Variations implements Clusters {
    private static final int CHANGES = 3;

    /** The older one knows the old names of these options only; we know both. */
    private static final Pattern NEW_NAME =
            Pattern.compile("name=\"fencing-(enabled|action|timeout|max-attempts|watchdog-timeout)\"");

    private final Path folder;
    private final List<String> names;
    private final Reference reference;
    private final Map<String, Boolean> comparable = new HashMap<>();

    private Variations(Path folder, List<String> names, Reference reference) {
        this.folder = folder;
        this.names = names;
        this.reference = reference;
    }

    /** The inputs are the folder's {@code xml/NAME.xml}. */
    static Variations of(Path folder, Reference reference) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("xml"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xml"))
                    .sorted()
                    .toList();
            return new Variations(folder, names, reference);
        }
    }

    /** Of an input about which both decide the same: elsewhere the rules changed between their versions. */
    @Override
    public Xml of(long seed) throws IOException, InterruptedException {
        Dice dice = new Dice(seed);
        String name = dice.pick(names);
        while (!isComparable(name)) {
            name = dice.pick(names);
        }
        Xml cib = read(name);
        int changes = dice.between(1, CHANGES);
        for (int i = 0; i < changes; i++) {
            Change.make(cib, dice);
        }
        return cib;
    }

    private boolean isComparable(String name) throws IOException, InterruptedException {
        Boolean known = comparable.get(name);
        if (known == null) {
            Comparison comparison = Comparison.of(read(name), reference);
            known = !comparison.refused()
                    && comparison.agree(1)
                    && comparison.agree(2)
                    && comparison.before().isEmpty();
            comparable.put(name, known);
        }
        return known;
    }

    private Xml read(String name) throws IOException {
        String text = Files.readString(folder.resolve("xml").resolve(name));
        Xml cib = Xml.parse(NEW_NAME.matcher(text).replaceAll("name=\"stonith-$1\""));
        cib.attributes.putIfAbsent("execution-date", Long.toString(RandomCluster.NOW_SECONDS));
        // Without it the older one takes the names of fail counts for those of long ago.
        cib.attributes.putIfAbsent("crm_feature_set", "3.16.1");
        return cib;
    }
}
