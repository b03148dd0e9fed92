package dev.ha4j.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.PolicyInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What was written reads as what it was written from. */
class RoundTripTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    /** Recorded cases of the reference, where they are there. */
    private static final Path CORPUS = Path.of("../../shared/scheduler-corpus/xml");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        return tests(SCENARIOS);
    }

    @TestFactory
    Stream<DynamicTest> recordedCases() throws IOException {
        return Files.isDirectory(CORPUS) ? tests(CORPUS) : Stream.empty();
    }

    private static Stream<DynamicTest> tests(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            folder.relativize(file).toString(), () -> staysTheSame(read(Files.newInputStream(file)))));
        }
    }

    private static void staysTheSame(PolicyInput input) throws CibException {
        String written = CibWriter.write(input);
        PolicyInput again = read(written);
        assertThat(again).isEqualTo(input);
        assertThat(CibWriter.write(again)).isEqualTo(written);
    }

    @Test
    void keepsWhatXmlHasOtherUsesFor() throws CibException {
        staysTheSame(withOption("a", "<&>\"'\n\t\r ü €😀"));
    }

    @Test
    void carriesOverWhatNoPlanDependsOn() throws CibException {
        String sections = """
              <acls>
                <acl_role id="watch">
                  <acl_permission id="watch-all" kind="read" xpath="/cib"/>
                </acl_role>
                <acl_target id="jo">
                  <role id="watch"/>
                </acl_target>
              </acls>
              <alerts>
                <alert id="set-a" path="/usr/bin/tell">
                  <recipient id="tell-jo" value="jo"/>
                </alert>
              </alerts>
              <fencing-topology>
                <fencing-level id="first" target="alpha" index="1" devices="bmc"/>
              </fencing-topology>
            """.indent(2);
        Cib cib = cib("<cib><configuration><crm_config><cluster_property_set id=\"set\">"
                + "<nvpair id=\"a\" name=\"a\" value=\"b\"/></cluster_property_set></crm_config>" + sections
                + "</configuration></cib>");
        String written = CibWriter.write(cib.input(), cib);
        assertThat(written).contains(sections.strip()).containsOnlyOnce("id=\"set-a\"");
        assertThat(cib(written).carriedOver()).isEqualTo(cib.carriedOver());
        assertThat(cib.carriedOver().names()).containsExactly("acls", "alerts", "fencing-topology");
        assertThat(CibWriter.write(cib.input())).doesNotContain("acl");
    }

    private static Cib cib(String xml) throws CibException {
        return CibReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesTheCharacterThatXmlCantHold() {
        PolicyInput input = withOption("a", "bell\u0007");
        assertThatThrownBy(() -> CibWriter.write(input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+0007");
    }

    private static PolicyInput withOption(String name, String value) {
        AttributeSet set = new AttributeSet("set", 0, null, List.of(new AttributeSet.NamedValue(name, value)));
        PolicyInput empty = read("<cib><configuration/></cib>");
        return new PolicyInput(
                empty.header(),
                List.of(set),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                empty.status());
    }

    private static PolicyInput read(String xml) {
        return read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static PolicyInput read(InputStream xml) {
        try (xml) {
            return CibReader.read(xml).input();
        } catch (IOException | CibException e) {
            throw new AssertionError(e);
        }
    }
}
