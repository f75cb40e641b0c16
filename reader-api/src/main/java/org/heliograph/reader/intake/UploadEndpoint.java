package org.heliograph.reader.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/uploads}: tus 1.0.0 with creation, termination and checksum (sha256). 204 to the last
 * part means that the photo is an image of the case's study and survives a power cut.
 */
@RestController
@RequestMapping("/api/uploads")
class UploadEndpoint {
  private static final String VERSION = "1.0.0";
  private static final String TUS = "Tus-Resumable";
  private static final String OFFSET = "Upload-Offset";
  private static final int CHECKSUM_MISMATCH = 460;

  private final UploadCommands commands;
  private final UploadSettings settings;
  private final CurrentPerson currentPerson;

  UploadEndpoint(UploadCommands commands, UploadSettings settings, CurrentPerson currentPerson) {
    this.commands = commands;
    this.settings = settings;
    this.currentPerson = currentPerson;
  }

  @RequestMapping(
      method = RequestMethod.OPTIONS,
      path = {"", "/{id}"})
  ResponseEntity<Void> options() {
    return ResponseEntity.noContent()
        .header(TUS, VERSION)
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", "creation,termination,checksum")
        .header("Tus-Checksum-Algorithm", "sha256")
        .header("Tus-Max-Size", String.valueOf(settings.largestPhotoBytes()))
        .build();
  }

  @PostMapping
  ResponseEntity<Void> create(
      @RequestHeader(name = TUS, required = false) @Nullable String version,
      @RequestHeader(name = "Upload-Length", required = false) @Nullable String length,
      @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata)
      throws IOException {
    var clinic = currentPerson.require(Role.CLINIC);
    requireVersion(version);
    var id =
        commands.create(
            clinic, UploadHeaders.bytes("Upload-Length", length), UploadHeaders.metadata(metadata));
    return ResponseEntity.status(201)
        .header(HttpHeaders.LOCATION, "/api/uploads/" + id)
        .header(TUS, VERSION)
        .build();
  }

  @RequestMapping(method = RequestMethod.HEAD, path = "/{id}")
  ResponseEntity<Void> offset(
      @PathVariable("id") UUID id,
      @RequestHeader(name = TUS, required = false) @Nullable String version)
      throws IOException {
    var clinic = currentPerson.require(Role.CLINIC);
    requireVersion(version);
    var upload = commands.find(id, clinic);
    return ResponseEntity.ok()
        .header(TUS, VERSION)
        .header(OFFSET, String.valueOf(commands.offset(upload)))
        .header("Upload-Length", String.valueOf(upload.lengthBytes()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @PatchMapping(path = "/{id}", consumes = "application/offset+octet-stream")
  ResponseEntity<Void> append(
      @PathVariable("id") UUID id,
      @RequestHeader(name = TUS, required = false) @Nullable String version,
      @RequestHeader(name = OFFSET, required = false) @Nullable String offset,
      @RequestHeader(name = "Upload-Checksum", required = false) @Nullable String checksum,
      HttpServletRequest request)
      throws IOException {
    var clinic = currentPerson.require(Role.CLINIC);
    requireVersion(version);
    long now =
        commands.append(
            commands.find(id, clinic),
            UploadHeaders.bytes(OFFSET, offset),
            UploadHeaders.checksum(checksum),
            request.getContentLengthLong(),
            request.getInputStream());
    return ResponseEntity.noContent()
        .header(TUS, VERSION)
        .header(OFFSET, String.valueOf(now))
        .build();
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> terminate(
      @PathVariable("id") UUID id,
      @RequestHeader(name = TUS, required = false) @Nullable String version)
      throws IOException {
    var clinic = currentPerson.require(Role.CLINIC);
    requireVersion(version);
    commands.terminate(commands.find(id, clinic));
    return ResponseEntity.noContent().header(TUS, VERSION).build();
  }

  /** The same body as everywhere, with the headers and the one status that only tus has. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(ProblemException problem) {
    var body = Problems.body(problem);
    if (problem.code() == ProblemCode.UPLOAD_CHECKSUM) {
      body.setStatus(CHECKSUM_MISMATCH);
    }
    return ResponseEntity.status(body.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(TUS, VERSION)
        .header("Tus-Version", VERSION)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(body);
  }

  private static void requireVersion(@Nullable String version) {
    if (!VERSION.equals(version)) {
      throw new ProblemException(ProblemCode.TUS_VERSION, VERSION);
    }
  }
}
