package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.ingest.PartSpool;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.jspecify.annotations.Nullable;

/** The bulk data of a store request, by their Content-Location. */
final class BulkParts {
  /** JPEG's start of frame of each process is found within its tables, which are smaller. */
  private static final int JPEG_HEAD_BYTES = 256 * 1024;

  private final PartSpool spool;
  private final @Nullable URI base;
  private final Map<String, Bulk> parts = new HashMap<>();
  private final Set<String> doubled = new HashSet<>();
  private final Set<String> used = new HashSet<>();
  private int withoutLocation;

  /**
   * One part.
   *
   * @param transferSyntax of a compressed frame or a video, "" for bytes as they are in Explicit VR
   *     Little Endian
   */
  record Bulk(PartSpool.Kept kept, String mediaType, String transferSyntax) {
    boolean isCompressed() {
      return !transferSyntax.isEmpty();
    }

    /** Whether it has all frames there are, not one. */
    boolean holdsManyFrames() {
      return mediaType.startsWith("video/");
    }
  }

  /**
   * @param base what relative addresses are relative to
   */
  BulkParts(PartSpool spool, String base) {
    this.spool = spool;
    this.base = uri(base);
  }

  void add(MultipartReader.Part part) throws IOException {
    String location = part.headers().getOrDefault("content-location", "");
    PartSpool.Kept kept = spool.keep(part.body());
    if (location.isEmpty()) {
      withoutLocation++;
      return;
    }
    ContentType type = part.contentType();
    var bulk = new Bulk(kept, type.type(), transferSyntax(type, kept));
    if (parts.putIfAbsent(key(location), bulk) != null) {
      doubled.add(key(location));
    }
  }

  /** The part that a data set refers to; null where there is none, or more than one. */
  @Nullable Bulk find(String uri) {
    String key = key(uri);
    used.add(key);
    return doubled.contains(key) ? null : parts.get(key);
  }

  /** How many parts no data set refers to. */
  int unused() {
    int unused = withoutLocation;
    for (String key : parts.keySet()) {
      unused += used.contains(key) ? 0 : 1;
    }
    return unused;
  }

  private String key(String location) {
    URI uri = uri(location);
    URI from = base;
    return uri == null || from == null ? location : from.resolve(uri).normalize().toString();
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /** As it is told, else what the media type stands for (PS3.18 8.7.3.3). */
  private String transferSyntax(ContentType type, PartSpool.Kept kept) throws IOException {
    String told = type.parameter("transfer-syntax");
    if (Uid.isValid(told)) {
      return FrameForms.isNative(told) ? "" : told;
    }
    return switch (type.type()) {
      case "image/jpeg", "image/dicom+jpeg" -> jpeg(kept);
      case "image/dicom+rle" -> Uids.RleLossless;
      case "image/jpx" -> "1.2.840.10008.1.2.4.92";
      case "image/jphc" -> "1.2.840.10008.1.2.4.201";
      case "image/jxl" -> "1.2.840.10008.1.2.4.110";
      case "video/mpeg", "video/mpeg2" -> "1.2.840.10008.1.2.4.100";
      case "video/mp4" -> "1.2.840.10008.1.2.4.102";
      case "video/h265" -> "1.2.840.10008.1.2.4.107";
      default -> FrameForms.usualSyntax(type.type());
    };
  }

  /** The media type alone stands for lossless JPEG, but is mostly said of baseline: look. */
  private String jpeg(PartSpool.Kept kept) throws IOException {
    byte[] head;
    try (InputStream in = spool.open(kept.offset(), kept.length())) {
      head = in.readNBytes(JPEG_HEAD_BYTES);
    }
    for (int i = 2; i + 3 < head.length && (head[i] & 0xFF) == 0xFF; ) {
      int marker = head[i + 1] & 0xFF;
      switch (marker) {
        case 0xC0 -> {
          return "1.2.840.10008.1.2.4.50";
        }
        case 0xC1 -> {
          return "1.2.840.10008.1.2.4.51";
        }
        case 0xFF -> i++;
        default -> i += 2 + ((head[i + 2] & 0xFF) << 8 | (head[i + 3] & 0xFF));
      }
    }
    return FrameForms.usualSyntax("image/jpeg");
  }
}
