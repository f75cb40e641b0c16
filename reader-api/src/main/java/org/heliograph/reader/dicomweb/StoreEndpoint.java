package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * STOW-RS (PS3.18 10.5): instances as Part 10 files, each streamed into the archive on its own, or
 * as metadata in JSON or XML with their bulk data. They are stored for the site of the clinic that
 * signed in, whatever they say themselves; what is answered as stored survives a power cut.
 */
@RestController
@RequestMapping("/dicomweb/studies")
class StoreEndpoint {
  private static final String DICOM = "application/dicom";
  private static final String ORIGIN = "stow";
  private static final String RETRY_AFTER_SECONDS = "30";

  /** Requests at a time; each has buffers of about half a megabyte. */
  private static final Semaphore REQUESTS = new Semaphore(32);

  private final Archive archive;
  private final CurrentPerson person;
  private final AuditTrail audit;

  StoreEndpoint(Archive archive, CurrentPerson person, AuditTrail audit) {
    this.archive = archive;
    this.person = person;
    this.audit = audit;
  }

  @PostMapping
  void store(HttpServletRequest request, HttpServletResponse response) throws IOException {
    store(null, request, response);
  }

  @PostMapping("/{study}")
  void storeInStudy(
      @PathVariable("study") String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Uid.isValid(study)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "study", "not a UID");
    }
    store(study, request, response);
  }

  private void store(
      @Nullable String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    UUID site = person.require(Role.CLINIC).siteId();
    if (site == null) {
      throw new ProblemException(ProblemCode.ROLE_NOT_ALLOWED, "CLINIC of a site");
    }
    boolean xml = answersXml(request);
    ContentType type = ContentType.parse(request.getContentType());
    boolean files = isOfFiles(type);
    var parts =
        new MultipartReader(
            request.getInputStream(), type.parameter("boundary"), MultipartLimits.INSTANCES);
    var answer = new StoreAnswer(new Addresses(request));
    StudyInstanceUid only = study == null ? null : StudyInstanceUid.of(study);
    if (!REQUESTS.tryAcquire()) {
      throw new ProblemException(ProblemCode.BUSY, "storing, for so many at once");
    }
    try {
      if (files) {
        storeFiles(parts, site, only, answer);
      } else {
        new MetadataStoring(archive.ingest(), site, ORIGIN, only, answer)
            .store(parts, request.getRequestURL().append('/').toString());
      }
    } finally {
      REQUESTS.release();
      record(answer); // also of a request that broke off: its first instances are stored
    }
    if (answer.isEmpty()) {
      throw new ProblemException(ProblemCode.PARTS_MALFORMED, "the body has no parts");
    }
    write(answer, study, xml, response);
  }

  private void storeFiles(
      MultipartReader parts, UUID site, @Nullable StudyInstanceUid only, StoreAnswer answer)
      throws IOException {
    for (var part = parts.next(); part != null; part = parts.next()) {
      String type = part.contentType().type();
      if (type.isEmpty() || type.equals(DICOM)) {
        answer.add(archive.ingest().ingestPartTen(site, ORIGIN, part.body(), only));
      } else {
        answer.addUnreadable();
      }
    }
  }

  /** Whether the parts are files; else they are metadata and bulk data. */
  private static boolean isOfFiles(ContentType type) {
    String root = type.parameter("type").toLowerCase(Locale.ROOT);
    boolean files = root.isEmpty() || root.equals(DICOM);
    if (!type.type().equals("multipart/related")
        || !(files
            || root.equals(SearchEndpoint.DICOM_JSON)
            || root.equals(MetadataXml.DICOM_XML))) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "multipart/related with the type application/dicom, application/dicom+json or"
              + " application/dicom+xml");
    }
    return files;
  }

  /** JSON unless XML is wanted more. */
  private static boolean answersXml(HttpServletRequest request) {
    for (AcceptedMedia range : AcceptedMedia.parse(request.getHeader("Accept"))) {
      if (range.takes(SearchEndpoint.DICOM_JSON) || range.takes("application/json")) {
        return false;
      }
      if (range.takes(MetadataXml.DICOM_XML)) {
        return true;
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  private void record(StoreAnswer answer) {
    answer
        .storedByStudy()
        .forEach((study, count) ->
            audit.record(
                AuditEvent.of(AuditKind.INSTANCES_TRANSFERRED, AuditAction.CREATE)
                    .about("study", study)
                    .detail("STOW-RS " + count + " instances")));
  }

  private static void write(
      StoreAnswer answer, @Nullable String study, boolean xml, HttpServletResponse response)
      throws IOException {
    HttpStatus status = answer.status();
    response.setStatus(status.value());
    response.setHeader("Cache-Control", "no-store");
    if (status.is5xxServerError()) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    Dataset dataset = answer.dataset(study);
    if (xml) {
      response.setContentType(MetadataXml.DICOM_XML);
      DicomXml.write(dataset, _ -> null, response.getOutputStream());
    } else {
      response.setContentType(SearchEndpoint.DICOM_JSON);
      DicomJson.write(dataset, _ -> null, response.getOutputStream());
    }
  }
}
