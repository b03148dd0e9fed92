package dev.ha4j.cib;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads elements, and nothing that could make a document larger than it looks. */
final class ElementReader {
    static final int MAX_ELEMENTS = 2_000_000;
    static final int MAX_DEPTH = 64;
    static final long MAX_BYTES = 256L << 20;

    private final InputStream xml;
    private final TextPool texts = new TextPool();
    private int elementCount;

    ElementReader(InputStream xml) {
        this.xml = xml;
    }

    Element read() throws CibException {
        try {
            return read(factory().createXMLStreamReader(new BoundedStream(xml, MAX_BYTES)));
        } catch (XMLStreamException e) {
            Throwable cause = e.getNestedException();
            throw new CibException(
                    cause instanceof IOException
                            ? "it can't be read to its end: " + cause.getMessage()
                            : "this is no well-formed XML: " + e.getMessage(),
                    e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private Element read(XMLStreamReader reader) throws XMLStreamException, CibException {
        Deque<Element> open = new ArrayDeque<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new CibException("document types and entities are refused (line "
                        + reader.getLocation().getLineNumber() + ")");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                open(reader, open);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                Element ended = open.pop();
                if (open.isEmpty()) {
                    return ended;
                }
            }
        }
        throw new CibException("the document has no element");
    }

    private void open(XMLStreamReader reader, Deque<Element> open) throws CibException {
        Element element = new Element(
                texts.pooled(reader.getLocalName()),
                reader.getLocation().getLineNumber(),
                Attributes.read(reader, texts));
        if (++elementCount > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
            throw CibException.at(element, "the document is larger than what is read");
        }
        if (!open.isEmpty()) {
            open.element().children.add(element);
        }
        open.push(element);
    }
}
