package org.heliograph.reader.dicomweb;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.ingest.IngestInstance;
import org.heliograph.archive.ingest.PartSpool;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.dicom.xml.DicomXmlException;
import org.heliograph.dicom.xml.XmlLimits;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * STOW-RS of metadata and bulk data (PS3.18 10.5.1): all parts are spooled to the disk as they
 * come, in any order; then each instance is put together, in the memory that its metadata take, and
 * ingested as a file would be.
 */
final class MetadataStoring {
  static final int MAX_INSTANCE_CHARS = 8 << 20;
  private static final XmlLimits XML =
      new XmlLimits(64, MAX_INSTANCE_CHARS, 2 * MAX_INSTANCE_CHARS);

  /** One document is read at a time: a hostile one of full size takes some 300 MB of memory. */
  private static final Turns READERS = new Turns(1, "the reading of metadata");

  private final IngestInstance ingest;
  private final UUID site;
  private final String origin;
  private final @Nullable StudyInstanceUid onlyStudy;
  private final StoreAnswer answer;

  MetadataStoring(
      IngestInstance ingest,
      UUID site,
      String origin,
      @Nullable StudyInstanceUid onlyStudy,
      StoreAnswer answer) {
    this.ingest = ingest;
    this.site = site;
    this.origin = origin;
    this.onlyStudy = onlyStudy;
    this.answer = answer;
  }

  /**
   * Stores what a request holds.
   *
   * @param base what addresses of bulk data are relative to
   */
  void store(MultipartReader parts, String base) throws IOException {
    try (PartSpool spool = ingest.spool()) {
      List<Document> documents = new ArrayList<>();
      var bulk = new BulkParts(spool, base);
      for (var part = parts.next(); part != null; part = parts.next()) {
        String type = part.contentType().type();
        boolean xml = type.equals(MetadataXml.DICOM_XML);
        if (xml || SearchEndpoint.JSON_TYPES.contains(type)) {
          documents.add(new Document(spool.keep(part.body()), xml));
        } else {
          bulk.add(part);
        }
      }
      for (Document document : documents) {
        try (InputStream in = spool.open(document.kept().offset(), document.kept().length())) {
          if (document.xml()) {
            storeXml(in, bulk, spool);
          } else {
            storeJson(in, bulk, spool);
          }
        }
      }
      for (int i = bulk.unused(); i > 0; i--) {
        answer.addUnreadable();
      }
    } catch (StoreUnavailableException e) {
      throw new ProblemException(ProblemCode.BUSY, e, "the picture archive");
    }
  }

  private record Document(PartSpool.Kept kept, boolean xml) {}

  private void storeXml(InputStream in, BulkParts bulk, PartSpool spool) throws IOException {
    var made = new MadeInstance(bulk);
    Dataset read;
    READERS.acquire();
    try {
      read = DicomXml.read(new BufferedInputStream(in), made::resolve, XML);
    } catch (DicomXmlException _) {
      answer.addUnreadable();
      return;
    } finally {
      READERS.release();
    }
    ingest(made, read, spool);
  }

  private void storeJson(InputStream in, BulkParts bulk, PartSpool spool) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    var objects = new JsonObjects(reader, MAX_INSTANCE_CHARS);
    while (true) {
      var made = new MadeInstance(bulk);
      Dataset read;
      READERS.acquire();
      try {
        String text = objects.next();
        if (text == null) {
          return;
        }
        read = DicomJson.read(text, made::resolve);
      } catch (CharacterCodingException e) {
        throw new ProblemException(ProblemCode.METADATA_NOT_UNDERSTOOD, e, "it is not UTF-8");
      } catch (IllegalArgumentException _) {
        answer.addUnreadable();
        continue;
      } finally {
        READERS.release();
      }
      ingest(made, read, spool);
    }
  }

  private void ingest(MadeInstance made, Dataset read, PartSpool spool) throws IOException {
    made.take(read);
    Dataset dataset = made.dataset();
    if (made.isComplete()) {
      try {
        answer.add(
            ingest.ingestDataset(site, origin, made.transferSyntax(), dataset, spool, onlyStudy));
        return;
      } catch (IOException _) {
        // What was read cannot be written: a value that is too long for its VR.
      }
    }
    answer.addFailure(
        dataset.string(Tag.SOPClassUID, ""),
        dataset.string(Tag.SOPInstanceUID, ""),
        StoreAnswer.CANNOT_UNDERSTAND);
  }
}
