package org.heliograph.dicom.media;

import java.util.regex.Pattern;
import org.heliograph.dicom.data.ServiceClass;
import org.heliograph.dicom.data.SopClass;
import org.heliograph.dicom.data.Tag;

/** The directory records of instances (PS3.3 F.5), found by the names of SOP classes in order. */
enum RecordType {
  PRESENTATION(" Presentation State| Volume Rendering"),
  KEY_OBJECT_DOC("Key Object Selection"),
  ENCAP_DOC("^Encapsulated "),
  SR_DOCUMENT("\\bSR\\b|Procedure Log|Macular Grid"),
  RT_DOSE("^RT Dose"),
  RT_STRUCTURE_SET("^RT Structure Set"),
  RT_PLAN("^RT (Ion )?Plan"),
  RT_TREAT_RECORD("^RT .*Treatment (Summary )?Record"),
  WAVEFORM("Waveform"),
  SPECTROSCOPY("Spectroscopy"),
  RAW_DATA("^(Enhanced )?Raw Data"),
  REGISTRATION("Spatial Registration"),
  FIDUCIAL("Spatial Fiducials"),
  VALUE_MAP("Real World Value Mapping"),
  STEREOMETRIC("Stereometric Relationship"),
  SURFACE_SCAN("^Surface Scan"),
  SURFACE("^Surface Segmentation"),
  TRACT("^Tractography"),
  MEASUREMENT("Measurements|Lens Calculations"),
  ASSESSMENT("Assessment"),
  PLAN("Delivery Instruction|Brachy Application Setup"),
  RADIOTHERAPY(
      "Photon-Electron|Tomotherapeutic|Robotic-Arm"
          + "|^RT (Physician|Segment|Radiation|Treatment P|Patient P)"),
  ANNOTATION("Simple Annotations"),
  /** Images, segmentations and maps; what the registry has beside the kinds above. */
  IMAGE(""),
  /** What the registry does not know. */
  PRIVATE("$^");

  private final Pattern names;

  RecordType(String names) {
    this.names = Pattern.compile(names);
  }

  static RecordType of(String sopClassUid) {
    return SopClass.of(sopClassUid)
        .filter(sopClass -> sopClass.service() == ServiceClass.STORAGE)
        .map(SopClass::name)
        .map(RecordType::named)
        .orElse(PRIVATE);
  }

  private static RecordType named(String name) {
    for (RecordType type : values()) {
      if (type.names.matcher(name).find()) {
        return type;
      }
    }
    return IMAGE;
  }

  /** Directory Record Type (0004,1430). */
  String term() {
    return name().replace('_', ' ');
  }

  /** Attributes of type 1 beside Instance Number. */
  int[] needed() {
    return switch (this) {
      case PRESENTATION ->
          tags(Tag.PresentationCreationDate, Tag.PresentationCreationTime, Tag.ContentLabel);
      case KEY_OBJECT_DOC -> tags(Tag.ContentDate, Tag.ContentTime, Tag.ConceptNameCodeSequence);
      case ENCAP_DOC -> tags(Tag.MIMETypeOfEncapsulatedDocument);
      case SR_DOCUMENT ->
          tags(
              Tag.CompletionFlag,
              Tag.VerificationFlag,
              Tag.ContentDate,
              Tag.ContentTime,
              Tag.ConceptNameCodeSequence);
      case RT_DOSE -> tags(Tag.DoseSummationType);
      case RT_STRUCTURE_SET -> tags(Tag.StructureSetLabel);
      case RT_PLAN -> tags(Tag.RTPlanLabel);
      case SPECTROSCOPY ->
          tags(
              Tag.ImageType,
              Tag.ContentDate,
              Tag.ContentTime,
              Tag.NumberOfFrames,
              Tag.Rows,
              Tag.Columns,
              Tag.DataPointRows,
              Tag.DataPointColumns);
      case REGISTRATION, FIDUCIAL, VALUE_MAP, TRACT, ANNOTATION ->
          tags(Tag.ContentDate, Tag.ContentTime, Tag.ContentLabel);
      case WAVEFORM, RAW_DATA, SURFACE_SCAN, SURFACE, MEASUREMENT, ASSESSMENT, RADIOTHERAPY ->
          tags(Tag.ContentDate, Tag.ContentTime);
      case RT_TREAT_RECORD, STEREOMETRIC, PLAN, IMAGE, PRIVATE -> tags();
    };
  }

  /** Attributes of type 2. */
  int[] wanted() {
    return switch (this) {
      case PRESENTATION, REGISTRATION, FIDUCIAL, VALUE_MAP, TRACT, ANNOTATION ->
          tags(Tag.ContentDescription, Tag.ContentCreatorName);
      case ENCAP_DOC ->
          tags(Tag.ContentDate, Tag.ContentTime, Tag.DocumentTitle, Tag.ConceptNameCodeSequence);
      case RT_STRUCTURE_SET -> tags(Tag.StructureSetDate, Tag.StructureSetTime);
      case RT_PLAN -> tags(Tag.RTPlanDate, Tag.RTPlanTime);
      case RT_TREAT_RECORD -> tags(Tag.TreatmentDate, Tag.TreatmentTime);
      default -> tags();
    };
  }

  /** Attributes that are kept where they are. */
  int[] carried() {
    return switch (this) {
      case PRESENTATION -> tags(Tag.ReferencedSeriesSequence, Tag.BlendingSequence);
      case ENCAP_DOC -> tags(Tag.HL7InstanceIdentifier);
      case SPECTROSCOPY -> tags(Tag.ReferencedImageEvidenceSequence);
      default -> tags();
    };
  }

  private static int[] tags(int... tags) {
    return tags;
  }
}
