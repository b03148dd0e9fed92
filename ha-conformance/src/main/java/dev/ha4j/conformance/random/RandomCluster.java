package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small cluster in any state it could get into, the same for the same seed, as CIB XML that old and new schedulers read. */
final class RandomCluster {
    static final long NOW_SECONDS = 1_700_000_000L;

    private final Dice dice;
    private final List<String> nodes = new ArrayList<>();

    private RandomCluster(long seed) {
        dice = new Dice(seed);
    }

    static Xml of(long seed, RandomAgreement.Kind kind) {
        return new RandomCluster(seed).make(kind);
    }

    private Xml make(RandomAgreement.Kind kind) {
        int nodeCount = dice.between(2, 4);
        for (int i = 1; i <= nodeCount; i++) {
            nodes.add("node" + i);
        }
        boolean fencing = dice.oneIn(2);
        Xml cib = new Xml(
                "cib",
                "validate-with",
                "pacemaker-3.7",
                "crm_feature_set",
                "3.16.1",
                "epoch",
                "1",
                "num_updates",
                "1",
                "admin_epoch",
                "0",
                "have-quorum",
                dice.oneIn(10) ? "0" : "1",
                "dc-uuid",
                "1",
                "execution-date",
                Long.toString(NOW_SECONDS));
        Xml configuration = cib.add("configuration");
        options(configuration.add("crm_config"), fencing);
        Xml list = configuration.add("nodes");
        for (int i = 0; i < nodeCount; i++) {
            node(list, i);
        }
        Xml resourceList = configuration.add("resources");
        RandomRemotes remotes = new RandomRemotes(dice);
        if (kind == RandomAgreement.Kind.REMOTE_NODES) {
            remotes.make(resourceList);
        }
        RandomBundles bundles = new RandomBundles(dice, nodeCount);
        if (kind == RandomAgreement.Kind.BUNDLES) {
            bundles.make(resourceList);
        }
        RandomResources resources = new RandomResources(dice, resourceList, nodes, fencing);
        resources.make();
        nodes.addAll(remotes.nodes());
        List<RandomResources.Unit> named = new ArrayList<>(resources.units());
        named.addAll(bundles.units());
        new RandomConstraints(dice, configuration.add("constraints"), nodes, named).make();
        if (dice.oneIn(3)) {
            configuration
                    .add("rsc_defaults")
                    .addSet("meta_attributes", "defaults", Map.of("resource-stickiness", dice.pick("1", "100")));
        }
        new RandomStatus(dice, cib.add("status"), nodes, nodeCount, resources, remotes, bundles, fencing).make();
        return cib;
    }

    private void options(Xml config, boolean fencing) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("stonith-enabled", Boolean.toString(fencing));
        // Its default differs between versions.
        options.put("concurrent-fencing", dice.pick("true", "true", "false"));
        dice.maybe(options, 2, "no-quorum-policy", dice.pick("stop", "freeze", "ignore", "demote", "suicide"));
        dice.maybe(options, 12, "symmetric-cluster", "false");
        dice.maybe(options, 30, "maintenance-mode", "true");
        dice.maybe(options, 40, "stop-all-resources", "true");
        dice.maybe(options, 6, "start-failure-is-fatal", "false");
        dice.maybe(options, 10, "startup-fencing", "false");
        dice.maybe(options, 15, "placement-strategy", dice.pick("utilization", "minimal", "balanced"));
        dice.maybe(options, 15, "node-health-strategy", dice.pick("migrate-on-red", "only-green", "progressive"));
        dice.maybe(options, 20, "stop-orphan-resources", "false");
        dice.maybe(options, 15, "stonith-action", "off");
        config.addSet("cluster_property_set", "options", options);
    }

    private void node(Xml list, int index) {
        Xml node = list.add("node", "id", Integer.toString(index + 1), "uname", nodes.get(index));
        Map<String, String> attributes = new LinkedHashMap<>();
        dice.maybe(attributes, 12, "standby", "on");
        dice.maybe(attributes, 30, "maintenance", "true");
        dice.maybe(attributes, 2, "site", dice.pick("a", "b"));
        dice.maybe(attributes, 15, "#health-disk", dice.pick("red", "yellow", "green"));
        node.addSet("instance_attributes", "node-" + index, attributes);
        if (dice.oneIn(2)) {
            node.addSet("utilization", "capacity-" + index, Map.of("memory", Integer.toString(dice.between(1, 8))));
        }
    }
}
