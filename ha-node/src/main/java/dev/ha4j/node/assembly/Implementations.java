package dev.ha4j.node.assembly;

import dev.ha4j.api.Leadership;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.runtime.EventLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** What this node can run: resources of the configuration, and candidatures for leaderships. From any thread. */
final class Implementations {

    private final String node;
    private final EventLoop loop;
    private final ResourceRunner resources;
    private final Leaderships leaderships;
    private final Runnable announce;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param announce tells the cluster that there are others now; on the controller's loop */
    Implementations(String node, EventLoop loop, ResourceRunner resources, Leaderships leaderships, Runnable announce) {
        this.node = node;
        this.loop = loop;
        this.resources = resources;
        this.leaderships = leaderships;
        this.announce = announce;
    }

    void add(String name, Resource resource) {
        add(name, () -> resources.implement(name, resource));
    }

    void addEach(String name, IntFunction<? extends Resource> instances) {
        add(name, () -> resources.implementEach(name, instances));
    }

    private void add(String name, Runnable hosting) {
        if (!names.add(name)) {
            throw new IllegalStateException(name + " is implemented on " + node + " already");
        }
        loop.execute(() -> {
            hosting.run();
            announce.run();
        });
    }

    Leadership lead(String name, LeadershipOptions options, LeadershipListener listener, ClusterPolicy policy) {
        Clone resource = Leaderships.resource(name, options, policy);
        Candidature candidature = new Candidature(name, listener, () -> loop.execute(() -> withdraw(name)));
        add(name, candidature);
        loop.execute(() -> leaderships.want(resource));
        return candidature;
    }

    private void withdraw(String name) {
        leaderships.forget(name);
        resources.withdraw(name);
        names.remove(name);
        announce.run();
    }
}
