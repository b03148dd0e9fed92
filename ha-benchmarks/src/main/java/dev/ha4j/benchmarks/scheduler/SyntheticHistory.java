package dev.ha4j.benchmarks.scheduler;

import java.util.List;

/** Writes what one node has done. */
final class SyntheticHistory {
    private static final String UUID = "00000000-0000-0000-0000-000000000000";
    private static final long LONG_AGO_SECONDS = 1_699_990_000L;
    private static final long LATELY_SECONDS = 1_699_999_990L;

    // What a digest of these operations is: nobody sets a parameter.
    private static final String WITHOUT_PARAMETERS = "f2317cad3d54cec5d7d7aa7d0bf35cf8";
    private static final String MONITOR = "4811cef7f7f94e3a35a70be7916cb2fd";
    private static final String FENCING_MONITOR = "0e121d086272acfe9236910e5fe2e8cd";

    private final StringBuilder xml;
    private final String node;
    private final SyntheticCluster.History history;
    private final String failed;

    /** Where a primitive runs, if it runs. */
    record Place(String id, int node, boolean fencing) {}

    SyntheticHistory(StringBuilder xml, String node, SyntheticCluster.History history, String failed) {
        this.xml = xml;
        this.node = node;
        this.history = history;
        this.failed = failed;
    }

    void node(int id, List<Place> places, int index) {
        xml.append(("<node_state id=\"%1$d\" uname=\"%2$s\" in_ccm=\"true\" crmd=\"online\" join=\"member\""
                        + " expected=\"member\">\n")
                .formatted(id, node));
        boolean failsHere = places.stream()
                .anyMatch(place -> place.node() == index && place.id().equals(failed));
        if (failsHere) {
            xml.append(("<transient_attributes id=\"%1$d\"><instance_attributes id=\"status-%1$d\">"
                            + "<nvpair id=\"status-%1$d-1\" name=\"fail-count-%2$s#monitor_10000\" value=\"1\"/>"
                            + "</instance_attributes></transient_attributes>\n")
                    .formatted(id, failed));
        }
        xml.append("<lrm id=\"" + id + "\"><lrm_resources>\n");
        if (history != SyntheticCluster.History.FRESH) {
            int call = 1;
            for (Place place : places) {
                resource(place, place.node() == index, call);
                call += 2;
            }
        }
        xml.append("</lrm_resources></lrm></node_state>\n");
    }

    private void resource(Place place, boolean here, int call) {
        String kind = place.fencing()
                ? "class=\"stonith\" type=\"fence_xvm\""
                : "class=\"ocf\" provider=\"pacemaker\" type=\"Dummy\"";
        xml.append("<lrm_resource id=\"" + place.id() + "\" " + kind + ">");
        if (here && history == SyntheticCluster.History.STEADY) {
            int interval = place.fencing() ? 120_000 : 10_000;
            String digest = place.fencing() ? FENCING_MONITOR : MONITOR;
            if (place.id().equals(failed)) {
                operation(place.id() + "_last_failure_0", place.id(), "monitor", interval, call + 1, 7, 0, digest);
            }
            operation(place.id() + "_last_0", place.id(), "start", 0, call, 0, 0, WITHOUT_PARAMETERS);
            operation(place.id() + "_monitor_" + interval, place.id(), "monitor", interval, call + 1, 0, 0, digest);
        } else {
            operation(place.id() + "_last_0", place.id(), "monitor", 0, call, 7, 7, WITHOUT_PARAMETERS);
        }
        xml.append("</lrm_resource>\n");
    }

    private void operation(
            String id, String resource, String task, int interval, int call, int rc, int wanted, String digest) {
        xml.append(("<lrm_rsc_op id=\"%1$s\" operation_key=\"%2$s_%3$s_%4$d\" operation=\"%3$s\""
                        + " crm_feature_set=\"3.16.1\" transition-key=\"1:1:%7$d:%8$s\""
                        + " transition-magic=\"0:%6$d;1:1:%7$d:%8$s\" on_node=\"%9$s\" call-id=\"%5$d\" rc-code=\"%6$d\""
                        + " op-status=\"0\" interval=\"%4$d\" op-digest=\"%10$s\" last-rc-change=\"%11$d\"/>")
                .formatted(
                        id,
                        resource,
                        task,
                        interval,
                        call,
                        rc,
                        wanted,
                        UUID,
                        node,
                        digest,
                        rc == wanted ? LONG_AGO_SECONDS : LATELY_SECONDS));
    }
}
