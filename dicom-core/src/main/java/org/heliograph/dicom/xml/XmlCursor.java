package org.heliograph.dicom.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.heliograph.dicom.xml.DicomXmlException.Code;
import org.jspecify.annotations.Nullable;

/** A pull parser that knows elements and text only, and refuses all that refers elsewhere. */
final class XmlCursor {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;

  private XmlCursor(XMLStreamReader xml) {
    this.xml = xml;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    // Nesting is counted by the reader, which says so in its own words.
    factory.setProperty("jdk.xml.maxElementDepth", "0");
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is loaded");
    });
    return factory;
  }

  static XmlCursor of(InputStream in) throws IOException {
    try {
      return new XmlCursor(FACTORY.createXMLStreamReader(in));
    } catch (XMLStreamException e) {
      throw fault(e);
    }
  }

  static XmlCursor of(Reader in) throws IOException {
    try {
      return new XmlCursor(FACTORY.createXMLStreamReader(in));
    } catch (XMLStreamException e) {
      throw fault(e);
    }
  }

  /** The parser's message may repeat content: only the place is kept. */
  private static IOException fault(XMLStreamException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof DicomXmlException own) {
        return own;
      }
    }
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNumber()
                + ", column "
                + e.getLocation().getColumnNumber();
    // A stream that breaks is not the document's fault; wrong encoding is.
    return e.getNestedException() instanceof IOException io
            && !(io instanceof java.io.CharConversionException)
        ? io
        : new DicomXmlException(Code.NOT_XML, "not well-formed" + where);
  }

  private int next() throws IOException {
    while (true) {
      int event;
      try {
        event = xml.next();
      } catch (XMLStreamException e) {
        throw fault(e);
      }
      switch (event) {
        case XMLStreamConstants.COMMENT,
            XMLStreamConstants.PROCESSING_INSTRUCTION,
            XMLStreamConstants.SPACE -> {}
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new DicomXmlException(Code.NOT_XML, "document types and entities are not read");
        default -> {
          return event;
        }
      }
    }
  }

  /** Enters the next element within the current one; false at the current one's end. */
  boolean enter() throws IOException {
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          return false;
        }
        default -> {
          if (!xml.isWhiteSpace()) {
            throw bad("text between elements");
          }
        }
      }
    }
  }

  /** The text of the current element, which has no elements, to its end. */
  String text(int maxChars) throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() + (long) xml.getTextLength() > maxChars) {
            throw new DicomXmlException(
                Code.TOO_LARGE, "a value exceeds " + maxChars + " characters");
          }
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        default -> throw bad("an element within a value");
      }
    }
  }

  /** The current element, which is empty, to its end. */
  void end() throws IOException {
    if (enter()) {
      throw bad("an element too many");
    }
  }

  String name() {
    return xml.getLocalName();
  }

  /** An attribute of the element entered last, before it is read on. */
  @Nullable String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  boolean isInModel() {
    String namespace = xml.getNamespaceURI();
    return namespace == null || namespace.isEmpty() || namespace.equals(XmlDatasetWriter.NAMESPACE);
  }

  DicomXmlException bad(String what) {
    return new DicomXmlException(
        Code.NOT_NATIVE_MODEL, what + " at line " + xml.getLocation().getLineNumber());
  }
}
