package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configured resource. */
public sealed interface ResourceEntry {

    String id();

    /** All attributes as written, which count as meta attributes. */
    Map<String, String> attributes();

    List<AttributeSet> meta();

    List<AttributeSet> parameters();

    /**
     * A single resource.
     *
     * @param template name of the template that was merged into it
     */
    record Primitive(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            List<AttributeSet> utilization,
            List<OperationEntry> operations,
            @Nullable String template)
            implements ResourceEntry {}

    /** Resources that run together and one after the other. */
    record Group(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            List<Primitive> members)
            implements ResourceEntry {}

    /** A resource that runs on several nodes. */
    record Clone(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            ResourceEntry child)
            implements ResourceEntry {}

    /**
     * Containers that run together with what is inside. The maps are the attributes of the elements as written.
     *
     * @param technology the kind of container: {@code docker} or {@code podman}
     * @param container of the element that describes the container
     * @param network of the network; empty if there is none
     * @param ports of the ports that are mapped
     * @param mounts of what is mounted
     * @param child what runs inside; null if nothing in it is managed
     */
    record Bundle(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            String technology,
            Map<String, String> container,
            Map<String, String> network,
            List<Map<String, String>> ports,
            List<Map<String, String>> mounts,
            @Nullable Primitive child)
            implements ResourceEntry {

        /** A bundle has none. */
        @Override
        public List<AttributeSet> parameters() {
            return List.of();
        }
    }
}
