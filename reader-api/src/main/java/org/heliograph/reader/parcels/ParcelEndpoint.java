package org.heliograph.reader.parcels;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.UploadHeader;
import org.heliograph.reader.gateways.CurrentGateway;
import org.heliograph.reader.gateways.Gateway;
import org.heliograph.reader.gateways.LinkJson;
import org.heliograph.reader.intake.UploadHeaders;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/**
 * {@code /api/gateway/parcels}: parcels are announced, and their parts uploaded as by tus 1.0.0.
 */
@RestController
@RequestMapping(LinkPaths.BASE + "/parcels/{parcel}")
class ParcelEndpoint {
  static final int LARGEST_MANIFEST = 8 << 20;
  private static final String RETRY_AFTER_SECONDS = "2";

  private final CurrentGateway currentGateway;
  private final Declarations declarations;
  private final PartRows rows;
  private final PartUploads uploads;
  private final FairShares shares;

  ParcelEndpoint(
      CurrentGateway currentGateway,
      Declarations declarations,
      PartRows rows,
      PartUploads uploads,
      FairShares shares) {
    this.currentGateway = currentGateway;
    this.declarations = declarations;
    this.rows = rows;
    this.uploads = uploads;
    this.shares = shares;
  }

  @PutMapping
  ParcelState declare(@PathVariable("parcel") UUID parcel, HttpServletRequest request)
      throws IOException {
    Gateway gateway = currentGateway.require();
    byte[] json = inflated(request);
    Manifest manifest = manifest(json);
    if (!parcel.equals(manifest.parcel())) {
      throw new ProblemException(ProblemCode.MANIFEST_NOT_TAKEN, "parcel", "not that of the path");
    }
    declarations.declare(gateway, manifest);
    return stateOf(gateway, parcel);
  }

  @GetMapping
  ParcelState state(@PathVariable("parcel") UUID parcel) throws IOException {
    return stateOf(currentGateway.require(), parcel);
  }

  @RequestMapping(path = "/parts/{number}", method = RequestMethod.HEAD)
  ResponseEntity<Void> offset(
      @PathVariable("parcel") UUID parcel, @PathVariable("number") int number) throws IOException {
    PartRow part = part(parcel, number);
    return headers(ResponseEntity.ok(), uploads.settled(part))
        .header(UploadHeader.LENGTH, Long.toString(part.lengthBytes()))
        .build();
  }

  @PatchMapping(path = "/parts/{number}", consumes = UploadHeader.CHUNK)
  ResponseEntity<?> append(
      @PathVariable("parcel") UUID parcel,
      @PathVariable("number") int number,
      @RequestHeader(name = UploadHeader.OFFSET, required = false) @Nullable String offset,
      @RequestHeader(name = UploadHeader.CHECKSUM, required = false) @Nullable String checksum,
      HttpServletRequest request)
      throws IOException {
    PartRow part = part(parcel, number);
    if (!part.isArriving()) {
      return refused(
          new PartUploads.Outcome.Refused(ProblemCode.PART_WHOLE, uploads.standing(part)));
    }
    long at = UploadHeaders.bytes(UploadHeader.OFFSET, offset);
    String digest = UploadHeaders.checksum(checksum);
    long length = request.getContentLengthLong();
    if (digest.isEmpty() || length < 0) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "Upload-Checksum, Content-Length", "both are needed");
    }
    try (var _ = shares.enter(part.site())) {
      return switch (uploads.append(part, at, length, digest, request.getInputStream())) {
        case PartUploads.Outcome.Taken taken ->
            headers(ResponseEntity.status(HttpStatus.NO_CONTENT), taken.standing()).build();
        case PartUploads.Outcome.Refused refused -> refused(refused);
      };
    }
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(ProblemException problem) {
    var answer = ResponseEntity.status(problem.code().status());
    switch (problem.code()) {
      case FAIR_SHARE, BUSY, NO_SPACE ->
          answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      default -> {
        // Nothing to add.
      }
    }
    return answer
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(UploadHeader.RESUMABLE, UploadHeader.RESUMABLE_VERSION)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(Problems.body(problem));
  }

  /** A chunk that is not taken, with where the upload is. */
  private static ResponseEntity<ProblemDetail> refused(PartUploads.Outcome.Refused refused) {
    ProblemDetail body =
        Problems.body(new ProblemException(refused.code(), refused.facts().toArray()));
    switch (refused.code()) {
      case UPLOAD_CHECKSUM, PART_DIGEST -> body.setStatus(UploadHeader.CHECKSUM_MISMATCH);
      default -> {
        // The code's own status.
      }
    }
    return headers(ResponseEntity.status(body.getStatus()), refused.standing())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  private static ResponseEntity.BodyBuilder headers(
      ResponseEntity.BodyBuilder answer, PartUploads.Standing standing) {
    return answer
        .header(UploadHeader.RESUMABLE, UploadHeader.RESUMABLE_VERSION)
        .header(UploadHeader.OFFSET, Long.toString(standing.offset()))
        .header(UploadHeader.VERIFIED_OFFSET, Long.toString(standing.verifiedOffset()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private ParcelState stateOf(Gateway gateway, UUID parcel) throws IOException {
    List<PartRow> parts = rows.of(gateway.id(), parcel);
    if (parts.isEmpty()) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    List<ParcelState.PartState> states = new ArrayList<>(parts.size());
    for (PartRow part : parts) {
      var standing = uploads.settled(part);
      states.add(
          new ParcelState.PartState(
              part.number(), standing.offset(), standing.verifiedOffset(), standing.whole()));
    }
    return new ParcelState(parcel, states);
  }

  private PartRow part(UUID parcel, int number) {
    return rows.find(currentGateway.require().id(), parcel, number)
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private static Manifest manifest(byte[] json) {
    try {
      Object read = LinkJson.read(json, Manifest.class);
      if (read instanceof Manifest manifest) {
        return manifest;
      }
    } catch (JacksonException | NullPointerException e) {
      // Said below; what was sent is not repeated.
    }
    throw new ProblemException(
        ProblemCode.MANIFEST_NOT_TAKEN, "manifest", "not of the form expected");
  }

  private static byte[] inflated(HttpServletRequest request) throws IOException {
    boolean deflated = "gzip".equalsIgnoreCase(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    byte[] body = bounded(request.getInputStream());
    if (!deflated) {
      return body;
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return bounded(in);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new ProblemException(ProblemCode.MANIFEST_NOT_TAKEN, e, "manifest", "no gzip");
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] body = in.readNBytes(LARGEST_MANIFEST + 1);
    if (body.length > LARGEST_MANIFEST) {
      throw new ProblemException(
          ProblemCode.MANIFEST_NOT_TAKEN, "manifest", "larger than " + LARGEST_MANIFEST + " bytes");
    }
    return body;
  }
}
