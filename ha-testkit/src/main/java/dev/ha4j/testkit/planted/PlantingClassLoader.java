package dev.ha4j.testkit.planted;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/** Loads the product and the test kit anew, with some methods changed. Everything else is its parent's. */
public final class PlantingClassLoader extends ClassLoader {

    private static final String OURS = "dev.ha4j.";

    private final PlantedBug bug;
    private final Set<String> planted = new TreeSet<>();

    /** A class loader with this bug in it. */
    public PlantingClassLoader(PlantedBug bug) {
        super(PlantingClassLoader.class.getClassLoader());
        this.bug = bug;
    }

    /** What runs a seed with the bug: the number of the seed and of minutes to the violations, a line for each. */
    @SuppressWarnings("unchecked")
    public BiFunction<Long, Integer, String> runner() {
        try {
            return (BiFunction<Long, Integer, String>) loadClass(PlantedRun.class.getName())
                    .getDeclaredConstructor(String.class)
                    .newInstance(bug.mix().name());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the planted run can't be loaded", e);
        }
    }

    /** A new instance of the class as it is loaded here; who uses it shares only types of the platform with it. */
    public Object make(Class<?> type) {
        try {
            return loadClass(type.getName()).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " can't be loaded with a planted bug", e);
        }
    }

    /** Whether all changed classes were loaded. */
    public boolean isPlanted() {
        return bug.changes().stream().map(PlantedBug.Change::className).allMatch(planted::contains);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        List<PlantedBug.Change> changes = bug.changes().stream()
                .filter(change -> change.className().equals(name))
                .toList();
        byte[] bytes = changes.isEmpty() ? original(name) : changed(name, changes);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] changed(String name, List<PlantedBug.Change> changes) {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(getParent());
        TypeDescription original = TypePool.Default.of(locator).describe(name).resolve();
        DynamicType.Builder<?> type = new ByteBuddy().redefine(original, locator);
        for (PlantedBug.Change change : changes) {
            ElementMatcher.Junction<MethodDescription> method =
                    named(change.method()).and(not(isBridge())).and(not(isAbstract()));
            int found = original.getDeclaredMethods().filter(method).size();
            if (found != 1) {
                throw new LinkageError(name + " has " + found + " methods " + change.method() + ": the planted bug "
                        + bug.title() + " has to follow");
            }
            type = type.visit(Advice.to(change.advice()).on(method));
        }
        planted.add(name);
        return made(type);
    }

    /** A class that is not as the change expects it must not be taken for one in which the bug shows. */
    private byte[] made(DynamicType.Builder<?> type) {
        try {
            return type.make().getBytes();
        } catch (IllegalStateException e) {
            throw new LinkageError("the planted bug " + bug.title() + " can't be planted any more", e);
        }
    }
}
