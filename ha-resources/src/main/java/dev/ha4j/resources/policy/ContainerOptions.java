package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.ResourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the containers of a bundle are run: under which name, with which ports, and with what mounted in them. */
final class ContainerOptions {
    private final ResourceEntry.Bundle bundle;
    private final List<@Nullable String> addresses;
    private final List<Mount> mounts = new ArrayList<>();

    /** @param addresses of the replicas; null for one that has none */
    ContainerOptions(ResourceEntry.Bundle bundle, List<@Nullable String> addresses) {
        this.bundle = bundle;
        this.addresses = addresses;
        bundle.mounts().forEach(this::addMount);
        if (bundle.child() != null) {
            addImpliedMounts();
        }
    }

    static String controlPort(ResourceEntry.Bundle bundle) {
        return bundle.network().getOrDefault("control-port", "3121");
    }

    private String replica(int number) {
        return bundle.id() + '-' + number;
    }

    /** Q: its digest tells whether a container has to be restarted, so each blank counts. */
    String of(int number) {
        String name = replica(number);
        StringBuilder options = new StringBuilder();
        String address = addresses.get(number);
        if (bundle.technology().equals("docker")) {
            options.append(" --restart=no");
        }
        if (address != null) {
            options.append(" -h ").append(name);
        }
        options.append(" -e PCMK_stderr=1");
        String network = bundle.container().get("network");
        if (network != null) {
            options.append(" --net=").append(network);
        }
        options.append(" -e PCMK_remote_port=").append(controlPort(bundle));
        appendMounts(options, name);
        if (address != null || !"host".equals(network)) {
            appendPorts(options, address);
        }
        String more = bundle.container().get("options");
        if (more != null) {
            options.append(' ').append(more);
        }
        options.append(' ');
        appendHosts(options);
        return options.toString();
    }

    private void appendPorts(StringBuilder options, @Nullable String address) {
        String prefix = address == null ? " -p " : " -p " + address + ':';
        for (Map<String, String> port : bundle.ports()) {
            String outside = port.getOrDefault("port", port.getOrDefault("range", ""));
            String inside = port.containsKey("port") ? port.getOrDefault("internal-port", outside) : outside;
            options.append(prefix).append(outside).append(':').append(inside);
        }
        if (bundle.child() != null) {
            options.append(prefix).append(controlPort(bundle)).append(':').append(controlPort(bundle));
        }
    }

    private void appendHosts(StringBuilder options) {
        String text = bundle.network().get("add-host");
        boolean added = text == null || Text.isTrue(text);
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            String name = replica(i);
            if (address != null) {
                options.append(
                        added ? " --add-host=" + name + ':' + address : " --hosts-entry=" + address + '=' + name);
            }
        }
    }

    // Mounts

    private record Mount(
            String source, String target, @Nullable String options, boolean ofReplica) {
        String source(String replica) {
            return ofReplica ? source + '/' + replica : source;
        }
    }

    private void addMount(Map<String, String> mapping) {
        String source = mapping.get("source-dir");
        String root = mapping.get("source-dir-root");
        String target = mapping.get("target-dir");
        String from = source == null ? root : source;
        if (from != null && target != null) {
            mounts.add(new Mount(from, target, mapping.get("options"), source == null));
        }
    }

    /** What the executor inside needs. */
    private void addImpliedMounts() {
        boolean logs = mounts.stream().anyMatch(mount -> mount.target().equals("/var/log"));
        String key = "/etc/pacemaker/authkey";
        mounts.add(new Mount(key, key, null, false));
        if (!logs) {
            mounts.add(new Mount("/var/log/pacemaker/bundles", "/var/log", null, true));
        }
    }

    private void appendMounts(StringBuilder options, String replica) {
        for (Mount mount : mounts) {
            options.append(" -v ").append(mount.source(replica)).append(':').append(mount.target());
            if (mount.options() != null) {
                options.append(':').append(mount.options());
            }
        }
    }

    /** Folders of this replica alone, which may have to be made first. */
    String folders(int number) {
        List<String> folders = new ArrayList<>();
        for (Mount mount : mounts) {
            if (mount.ofReplica()) {
                folders.add(mount.source(replica(number)));
            }
        }
        return String.join(",", folders);
    }
}
