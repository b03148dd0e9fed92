package dev.ha4j.testkit.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** Loads the product and the test kit anew, with one method changed. Everything else is its parent's. */
public final class PlantingClassLoader extends ClassLoader {

    private static final String OURS = "dev.ha4j.";

    private final PlantedBug bug;
    private boolean planted;

    /** A class loader with this bug in it. */
    public PlantingClassLoader(PlantedBug bug) {
        super(PlantingClassLoader.class.getClassLoader());
        this.bug = bug;
    }

    /** What runs a seed with the bug: the number of the seed and of minutes to the first violation, empty for none. */
    @SuppressWarnings("unchecked")
    public BiFunction<Long, Integer, String> runner() {
        try {
            return (BiFunction<Long, Integer, String>) loadClass(PlantedRun.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
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

    /** Whether the changed class was loaded at all. */
    public boolean isPlanted() {
        return planted;
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
        byte[] bytes = name.equals(bug.className()) ? changed(name) : original(name);
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

    private byte[] changed(String name) {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(getParent());
        planted = true;
        return new ByteBuddy()
                .redefine(TypePool.Default.of(locator).describe(name).resolve(), locator)
                .visit(Advice.to(bug.advice())
                        .on(ElementMatchers.named(bug.method()).and(ElementMatchers.not(ElementMatchers.isBridge()))))
                .make()
                .getBytes();
    }
}
