package org.heliograph.reader.parcels;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.Part;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.ManifestDocument;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything of a manifest before a row is written of it (TR-0510): a gateway may be of
 * another release, broken or hostile. Names fields, never what they say.
 */
final class ManifestCheck {
  static final int MOST_OBJECTS = 20_000;
  static final int MOST_STUDIES = 100;
  static final long LARGEST_PART = 64L << 30;
  static final long LARGEST_PREVIEWS = 64L << 20;
  static final long LARGEST_DOCUMENT = 64L << 20;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> ENCODINGS = Set.of("identity", "gzip");
  private static final Set<String> MEDIA_TYPES =
      Set.of("image/jpeg", "image/png", "application/pdf");

  private final Manifest manifest;
  private final Map<Integer, PartKind> parts = new HashMap<>();
  private final Map<Integer, Integer> objectsOfPart = new HashMap<>();
  private final Set<String> studies = new HashSet<>();
  private final Set<String> objects = new HashSet<>();

  private ManifestCheck(Manifest manifest) {
    this.manifest = manifest;
  }

  static void check(Manifest manifest) {
    new ManifestCheck(manifest).run();
  }

  private void run() {
    present("urgency", manifest.urgency());
    present("closedAt", manifest.closedAt());
    int count = manifest.instances().size() + manifest.documents().size();
    require(count > 0 && count <= MOST_OBJECTS, "instances", "1 to " + MOST_OBJECTS);
    require(
        !manifest.studies().isEmpty() && manifest.studies().size() <= MOST_STUDIES,
        "studies",
        "1 to " + MOST_STUDIES);
    require(
        !manifest.parts().isEmpty() && manifest.parts().size() <= count + 1,
        "parts",
        "at least one, and no empty ones");
    manifest.parts().forEach(this::part);
    manifest.studies().forEach(this::study);
    manifest.instances().forEach(this::instance);
    manifest.documents().forEach(this::document);
    parts.forEach((number, kind) -> {
      int carried = objectsOfPart.getOrDefault(number, 0);
      require(
          switch (kind) {
            case PREVIEWS -> carried == 0;
            case INSTANCE, DOCUMENT -> carried == 1;
            case BUNDLE -> carried > 0;
          },
          "parts",
          "a part carries what its kind says");
    });
    boolean anyPreview =
        manifest.instances().stream().anyMatch(ManifestInstance::hasPreview)
            || manifest.documents().stream().anyMatch(ManifestDocument::hasPreview);
    require(
        anyPreview == parts.containsValue(PartKind.PREVIEWS),
        "hasPreview",
        "previews are in a part of their own");
  }

  private void part(Part part) {
    present("parts.kind", part.kind());
    require(part.number() >= 0 && part.number() <= MOST_OBJECTS, "parts.number", "out of range");
    require(parts.put(part.number(), part.kind()) == null, "parts.number", "twice");
    require(
        ENCODINGS.contains(String.valueOf(part.contentEncoding())),
        "parts.contentEncoding",
        "identity or gzip");
    long largest =
        switch (part.kind()) {
          case PREVIEWS -> LARGEST_PREVIEWS;
          case DOCUMENT -> LARGEST_DOCUMENT;
          case INSTANCE, BUNDLE -> LARGEST_PART;
        };
    require(
        part.lengthBytes() > 0 && part.lengthBytes() <= largest,
        "parts.lengthBytes",
        "1 to " + largest);
    digest("parts.digest", part.digest());
    require((part.number() == 0) == (part.kind() == PartKind.PREVIEWS), "parts", "0 is previews");
  }

  private void study(ManifestStudy study) {
    uid("studies.studyInstanceUid", study.studyInstanceUid());
    require(studies.add(study.studyInstanceUid()), "studies.studyInstanceUid", "twice");
    text("studies.patientName", study.patientName(), 324);
    for (String value :
        List.of(
            text("studies.patientId", study.patientId(), 64),
            text("studies.issuerOfPatientId", study.issuerOfPatientId(), 64),
            text("studies.patientBirthDate", study.patientBirthDate(), 64),
            text("studies.patientSex", study.patientSex(), 16),
            text("studies.accessionNumber", study.accessionNumber(), 64),
            text("studies.studyDate", study.studyDate(), 64),
            text("studies.studyDescription", study.studyDescription(), 64),
            text("studies.modality", study.modality(), 16),
            text("studies.bodyPartExamined", study.bodyPartExamined(), 64),
            text("studies.laterality", study.laterality(), 16))) {
      require(value.indexOf('\\') < 0, "studies", "a backslash in a value");
    }
  }

  private void instance(ManifestInstance instance) {
    uid("instances.sopInstanceUid", instance.sopInstanceUid());
    uid("instances.sopClassUid", instance.sopClassUid());
    uid("instances.seriesInstanceUid", instance.seriesInstanceUid());
    uid("instances.transferSyntaxUid", instance.transferSyntaxUid());
    uid("instances.receivedTransferSyntaxUid", instance.receivedTransferSyntaxUid());
    carried(instance.part(), instance.studyInstanceUid(), instance.sopInstanceUid());
    require(
        parts.get(instance.part()) == PartKind.INSTANCE
            || parts.get(instance.part()) == PartKind.BUNDLE,
        "instances.part",
        "no part of instances");
    require(instance.sizeBytes() > 0, "instances.sizeBytes", "not positive");
    digest("instances.digest", instance.digest());
    digest("instances.receivedDigest", instance.receivedDigest());
    present("instances.callingAe", instance.callingAe());
    try {
      new AeTitle(instance.callingAe());
    } catch (IllegalArgumentException e) {
      throw wrong("instances.callingAe", "no AE title");
    }
    require(instance.numberOfFrames() >= 0, "instances.numberOfFrames", "negative");
  }

  private void document(ManifestDocument document) {
    present("documents.id", document.id());
    carried(document.part(), document.studyInstanceUid(), document.id().toString());
    require(
        parts.get(document.part()) == PartKind.DOCUMENT, "documents.part", "no part of a document");
    require(
        MEDIA_TYPES.contains(String.valueOf((Object) document.mediaType())),
        "documents.mediaType",
        "image/jpeg, image/png or application/pdf");
    text("documents.view", document.view(), 64);
    text("documents.title", document.title(), 255);
    require(
        document.sizeBytes() > 0 && document.sizeBytes() <= LARGEST_DOCUMENT,
        "documents.sizeBytes",
        "1 to " + LARGEST_DOCUMENT);
    digest("documents.digest", document.digest());
  }

  private void carried(int part, String study, String object) {
    require(parts.containsKey(part), "part", "not in parts");
    require(studies.contains(String.valueOf((Object) study)), "studyInstanceUid", "not in studies");
    require(objects.add(object), "instances", "an object twice");
    objectsOfPart.merge(part, 1, Integer::sum);
  }

  private static void uid(String field, @Nullable String value) {
    require(value != null && Uid.isValid(value), field, "no UID");
  }

  private static void digest(String field, @Nullable String value) {
    require(value != null && DIGEST.matcher(value).matches(), field, "no SHA-256 in lower case");
  }

  /** What neither PostgreSQL nor DICOM can hold is refused. */
  private static String text(String field, @Nullable String value, int longest) {
    if (value == null || value.length() > longest) {
      throw wrong(field, "missing, or longer than " + longest);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)
        || value.chars().anyMatch(Character::isISOControl)) {
      throw wrong(field, "a character that is not allowed");
    }
    return value;
  }

  private static void present(String field, @Nullable Object value) {
    require(value != null, field, "missing");
  }

  private static void require(boolean right, String field, String rule) {
    if (!right) {
      throw wrong(field, rule);
    }
  }

  private static ProblemException wrong(String field, String rule) {
    return new ProblemException(ProblemCode.MANIFEST_NOT_TAKEN, field, rule);
  }
}
