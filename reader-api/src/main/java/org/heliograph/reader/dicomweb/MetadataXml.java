package org.heliograph.reader.dicomweb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.xml.DicomXml;

/** Headers in the Native DICOM Model (PS3.19 A.1), with the same addresses as in JSON. */
final class MetadataXml {
  static final String DICOM_XML = "application/dicom+xml";

  private MetadataXml() {}

  /** The document of one instance, in UTF-8. */
  static byte[] of(Retrieve retrieve, StoredInstance instance, String instanceUri) {
    List<String> uris = new ArrayList<>();
    Dataset header =
        DicomJson.read(
            retrieve.metadata(instance, instanceUri),
            (tag, vr, uri) -> {
              uris.add(uri);
              return new BulkElement(tag, vr, uris.size() - 1L, 0);
            });
    return DicomXml.write(
            header,
            element -> element instanceof BulkElement bulk ? uris.get((int) bulk.offset()) : null)
        .getBytes(StandardCharsets.UTF_8);
  }
}
