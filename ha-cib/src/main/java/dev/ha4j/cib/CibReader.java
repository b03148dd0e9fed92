package dev.ha4j.cib;

import java.io.InputStream;

/** Reads CIB XML, schemas 1.0 to 3.x. May be called from any thread. */
public final class CibReader {

    private CibReader() {}

    /**
     * Reads a whole document. Document types and entities are refused, and so is more than {@value ElementReader#MAX_ELEMENTS}
     * elements, {@value ElementReader#MAX_BYTES} bytes, or a depth above {@value ElementReader#MAX_DEPTH}.
     *
     * @param xml is read to its end, but not closed
     * @throws CibException if it is no CIB
     */
    public static Cib read(InputStream xml) throws CibException {
        Element root = new ElementReader(xml).read();
        if (!root.is("cib")) {
            throw CibException.at(root, "expected <cib> as the root of the document");
        }
        return new Importer(root).read();
    }
}
