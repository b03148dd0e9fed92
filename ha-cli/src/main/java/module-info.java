/** The {@code ha} command. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.cli {
    requires dev.ha4j.cib;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;

    exports dev.ha4j.cli;

    opens dev.ha4j.cli to
            info.picocli;
}
