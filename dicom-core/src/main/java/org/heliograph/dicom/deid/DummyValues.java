package org.heliograph.dicom.deid;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;

/** Values that say nothing and are valid for their VR (PS3.5 Table 6.2-1). */
final class DummyValues {
  private static final String TEXT = "Removed";

  private DummyValues() {}

  static Element of(int tag, Vr vr) {
    Dataset.Builder builder = Dataset.builder();
    switch (vr) {
      case AE, CS -> builder.text(tag, vr, "REMOVED");
      case AS -> builder.text(tag, vr, "000D");
      case DA -> builder.text(tag, vr, "19000101");
      case DT -> builder.text(tag, vr, "19000101000000");
      case TM -> builder.text(tag, vr, "000000");
      case DS, IS -> builder.text(tag, vr, "0");
      case UR -> builder.text(tag, vr, "about:blank");
      case LO, LT, PN, SH, ST, UC, UT -> builder.text(tag, vr, TEXT);
      case UI -> builder.text(tag, vr, "2.25.0");
      case SQ -> builder.sequence(tag, Dataset.empty());
      case AT, FD, FL, OB, OD, OF, OL, OV, OW, SL, SS, SV, UL, UN, US, UV ->
          builder.bytes(tag, vr, new byte[Math.max(vr.unitBytes(), vr == Vr.AT ? 4 : 2)]);
    }
    return builder.build().get(tag).orElseThrow();
  }

  /** A code that means nothing (PS3.3 8.8). */
  static Dataset code() {
    return code("0", "99REMOVED", TEXT);
  }

  static Dataset code(String value, String scheme, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, scheme)
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  /** The one item of a sequence whose content is not kept. */
  static Dataset item(int sequence, List<Dataset> original) {
    return switch (sequence) {
      case Tag.ContentSequence ->
          Dataset.builder()
              .string(Tag.RelationshipType, "CONTAINS")
              .string(Tag.ValueType, "TEXT")
              .sequence(Tag.ConceptNameCodeSequence, code("121106", "DCM", "Comment"))
              .string(Tag.TextValue, TEXT)
              .build();
      case Tag.GraphicAnnotationSequence -> annotation(original);
      case Tag.VerifyingObserverSequence ->
          Dataset.builder()
              .string(Tag.VerifyingOrganization, TEXT)
              .string(Tag.VerificationDateTime, "19000101000000")
              .string(Tag.VerifyingObserverName, TEXT)
              .sequence(Tag.VerifyingObserverIdentificationCodeSequence)
              .build();
      case Tag.OperatorIdentificationSequence ->
          Dataset.builder()
              .sequence(Tag.PersonIdentificationCodeSequence, code())
              .string(Tag.InstitutionName, TEXT)
              .build();
      case Tag.FlowIdentifierSequence ->
          Dataset.builder()
              .bytes(Tag.FlowIdentifier, Vr.OB, new byte[2])
              .bytes(Tag.SourceIdentifier, Vr.OB, new byte[2])
              .build();
      default -> code();
    };
  }

  /** One point, in the layer that the first annotation was in. */
  private static Dataset annotation(List<Dataset> original) {
    String layer = original.isEmpty() ? "" : original.getFirst().string(Tag.GraphicLayer, "");
    Dataset point =
        Dataset.builder()
            .string(Tag.GraphicAnnotationUnits, "PIXEL")
            .integer(Tag.GraphicDimensions, 2)
            .integer(Tag.NumberOfGraphicPoints, 1)
            .decimal(Tag.GraphicData, 1, 1)
            .string(Tag.GraphicType, "POINT")
            .string(Tag.GraphicFilled, "N")
            .build();
    return Dataset.builder()
        .string(Tag.GraphicLayer, layer.isEmpty() ? "REMOVED" : layer)
        .sequence(Tag.GraphicObjectSequence, point)
        .build();
  }
}
