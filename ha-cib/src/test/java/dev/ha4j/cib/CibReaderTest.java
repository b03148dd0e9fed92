package dev.ha4j.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.ResourceEntry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CibReaderTest {

    @Test
    void refusesDocumentTypesAndEntities() {
        assertThatThrownBy(() -> read("<!DOCTYPE cib [<!ENTITY a \"aaaa\">]><cib>&a;</cib>"))
                .isInstanceOf(CibException.class);
    }

    @Test
    void refusesDepthWithoutEnd() {
        assertThatThrownBy(() -> read("<cib>".repeat(100)))
                .isInstanceOf(CibException.class)
                .hasMessageContaining("larger than what is read");
    }

    /** Nobody could store the document: it is made while it is read, and has no end. */
    @ParameterizedTest
    @ValueSource(strings = {"<tags/>", "        ", "<!---->"})
    void refusesWhatHasNoEnd(String repeated) {
        assertThatThrownBy(() -> CibReader.read(endless("<cib><configuration>", repeated)))
                .isInstanceOf(CibException.class)
                .hasMessageContaining("larger than what is read");
    }

    private static InputStream endless(String first, String then) {
        byte[] begin = first.getBytes(StandardCharsets.UTF_8);
        byte[] rest = then.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                long at = position++;
                return at < begin.length ? begin[(int) at] : rest[(int) ((at - begin.length) % rest.length)];
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    target[offset + i] = (byte) read();
                }
                return length;
            }
        };
    }

    @Test
    void fetchesNothingFromOutside() {
        assertThatThrownBy(() -> read("<!DOCTYPE cib SYSTEM \"file:///etc/hostname\"><cib><configuration/></cib>"))
                .isInstanceOf(CibException.class)
                .hasMessageContaining("document types and entities are refused");
    }

    @Test
    void namesThePlaceOfWhatNobodyReads() throws CibException {
        Cib cib = read("""
            <cib><configuration>
            <constraints>
            <rsc_order id="O" first="A" than="B"/>
            </constraints>
            <resources><primitive id="A" class="ocf" type="Dummy"><meta_attributes id-ref="gone"/></primitive>
            <primitive id="A" class="ocf" type="Dummy"/></resources>
            <extras id="E"/>
            </configuration></cib>\
            """);
        assertThat(cib.findings())
                .anyMatch(finding -> finding.contains("<rsc_order id=\"O\"> in line 3: the attribute than is unknown"))
                .anyMatch(finding -> finding.contains("there is no <meta_attributes id=\"gone\">"))
                .anyMatch(finding -> finding.contains("in line 6: this id is that of <primitive id=\"A\"> in line 5"))
                .anyMatch(finding -> finding.contains("<extras id=\"E\"> in line 7"));
        assertThat(cib.place("O")).contains("<rsc_order id=\"O\"> in line 3");
        assertThat(cib.place("nothing")).isEmpty();
    }

    @Test
    void refusesWhatIsNoCib() {
        assertThatThrownBy(() -> read("<cluster/>"))
                .isInstanceOf(CibException.class)
                .hasMessageContaining("<cluster> in line 1");
        assertThatThrownBy(() -> read("<cib>")).isInstanceOf(CibException.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(CibException.class);
        assertThatThrownBy(() -> read("<cib/>")).hasMessageContaining("<configuration>");
    }

    @Test
    void reportsOptionsThatNothingReads() throws CibException {
        Cib cib = read("""
            <cib><configuration><crm_config><cluster_property_set id="set">
              <nvpair id="a" name="stonith-enabled" value="false"/>
              <nvpair id="b" name="stonith-enabeld" value="false"/>
            </cluster_property_set></crm_config></configuration></cib>\
            """);
        assertThat(cib.findings()).singleElement().asString().contains("stonith-enabeld");
    }

    @Test
    void reportsResourcesThatItCannotRead() throws CibException {
        Cib cib = resources("<bundle id=\"B\"/><group id=\"G\"/>");
        assertThat(cib.input().resources()).isEmpty();
        assertThat(cib.findings()).hasSize(2);
        assertThat(cib.findings().get(0)).contains("<bundle id=\"B\"> in line 1");
    }

    @Test
    void readsBundles() throws CibException {
        Cib cib = resources("""
            <bundle id="B"><podman image="httpd" replicas="2"/>
            <network ip-range-start="10.0.0.1"><port-mapping id="port" port="80"/></network>
            <storage><storage-mapping id="data" source-dir="/srv" target-dir="/var/www"/></storage>
            <primitive id="P" class="ocf" provider="heartbeat" type="apache"/></bundle>\
            """);
        assertThat(cib.findings()).isEmpty();
        ResourceEntry.Bundle bundle =
                (ResourceEntry.Bundle) cib.input().resources().get(0);
        assertThat(bundle.technology()).isEqualTo("podman");
        assertThat(bundle.container()).containsEntry("replicas", "2");
        assertThat(bundle.network()).containsEntry("ip-range-start", "10.0.0.1");
        assertThat(bundle.ports())
                .singleElement()
                .satisfies(port -> assertThat(port).containsEntry("port", "80"));
        assertThat(bundle.mounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount).containsEntry("target-dir", "/var/www"));
        assertThat(bundle.child()).isNotNull();
    }

    @Test
    void leavesOutBundlesThatCanNotBeAndSaysWhy() throws CibException {
        String primitive = "<primitive id=\"P\" class=\"ocf\" provider=\"p\" type=\"t\"/>";
        assertThat(flawOf("<rkt image=\"i\"/>")).contains("rkt is not supported");
        assertThat(flawOf("<docker image=\"i\"/>" + primitive)).contains("ip-range-start or control-port");
        assertThat(flawOf("<docker image=\"i\" replicas=\"2\"/><network ip-range-start=\"fe80::1\"/>"))
                .contains("IPv4");
        assertThat(flawOf("<docker image=\"i\" replicas=\"2000000000\"/>")).contains("more than 1000 replicas");
        assertThat(flawOf("<docker image=\"i\" promoted-max=\"1\"/><network control-port=\"9\"/>"
                        + primitive.replace("ocf", "lsb")))
                .contains("only an ocf agent");
    }

    private static String flawOf(String contents) throws CibException {
        Cib cib = resources("<bundle id=\"B\">" + contents + "</bundle>");
        assertThat(cib.input().resources()).isEmpty();
        return cib.findings().stream()
                .filter(finding -> finding.startsWith("<bundle id=\"B\"> in line 1"))
                .findFirst()
                .orElse("");
    }

    @Test
    void takesAttributesFromTheTemplateAndOperationsFromBoth() throws CibException {
        Cib cib = resources("""
            <template id="T" class="ocf" provider="heartbeat" type="Dummy"><operations>
              <op id="t1" name="monitor" interval="10s"/><op id="t2" name="start" interval="0" timeout="9s"/>
            </operations></template>
            <primitive id="P" template="T"><operations><op id="p1" name="monitor" interval="20s"/></operations>
            </primitive>\
            """);
        ResourceEntry.Primitive primitive =
                (ResourceEntry.Primitive) cib.input().resources().get(0);
        assertThat(primitive.attributes()).containsEntry("type", "Dummy").containsEntry("id", "P");
        assertThat(primitive.operations()).extracting(op -> op.get("id")).containsExactly("p1", "t2");
    }

    @Test
    void followsReferences() throws CibException {
        Cib cib = resources("""
            <primitive id="A" class="ocf" type="Dummy"><meta_attributes id="shared">
              <nvpair id="n" name="priority" value="5"/></meta_attributes></primitive>
            <primitive id="B" class="ocf" type="Dummy"><meta_attributes id-ref="shared"/></primitive>\
            """);
        assertThat(cib.input().resources().get(1).meta().get(0).entries())
                .containsExactly(new NamedValue("priority", "5"));
    }

    @Test
    void makesOneConstraintOfEachRule() throws CibException {
        Cib cib = read("""
            <cib><configuration><constraints><rsc_location id="L" rsc="A">
              <rule id="r1" score="1"/><rule id="r2" score="2"/>
            </rsc_location></constraints></configuration></cib>\
            """);
        assertThat(cib.input().constraints()).extracting(Constraint::id).containsExactly("L-0", "L-1");
    }

    @Test
    void takesAnOldMasterForAPromotableClone() throws CibException {
        Cib cib = resources("<master id=\"M\"><primitive id=\"A\" class=\"ocf\" type=\"Stateful\"/></master>");
        assertThat(cib.input().resources().get(0).meta())
                .singleElement()
                .satisfies(set -> assertThat(set.entries()).containsExactly(new NamedValue("promotable", "true")));
    }

    private static Cib resources(String xml) throws CibException {
        return read("<cib><configuration><resources>" + xml + "</resources></configuration></cib>");
    }

    private static Cib read(String xml) throws CibException {
        return CibReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
