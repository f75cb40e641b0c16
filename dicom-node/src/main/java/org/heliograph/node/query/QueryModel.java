package org.heliograph.node.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;
import org.jspecify.annotations.Nullable;

/** The levels of the information models and what identifiers must have (PS3.4 C.4.1.3, C.6). */
final class QueryModel {
  /** Attributes of a series, besides its unique key, that a study has not. */
  private static final Set<Integer> OF_SERIES =
      Set.of(
          Tag.SeriesInstanceUID,
          Tag.Modality,
          Tag.SeriesNumber,
          Tag.SeriesDescription,
          Tag.SeriesDate,
          Tag.SeriesTime,
          Tag.BodyPartExamined,
          Tag.Laterality,
          Tag.ProtocolName,
          Tag.StationName,
          Tag.PerformedProcedureStepStartDate,
          Tag.PerformedProcedureStepStartTime,
          Tag.RequestAttributesSequence,
          Tag.NumberOfSeriesRelatedInstances);

  private static final Set<Integer> OF_IMAGE =
      Set.of(
          Tag.SOPInstanceUID,
          Tag.SOPClassUID,
          Tag.InstanceNumber,
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.Rows,
          Tag.Columns,
          Tag.BitsAllocated,
          Tag.NumberOfFrames);

  private static final List<QueryRetrieveLevel> LEVELS =
      List.of(
          QueryRetrieveLevel.PATIENT,
          QueryRetrieveLevel.STUDY,
          QueryRetrieveLevel.SERIES,
          QueryRetrieveLevel.IMAGE);

  private final List<QueryRetrieveLevel> levels;

  private QueryModel(List<QueryRetrieveLevel> levels) {
    this.levels = levels;
  }

  /** The model of a SOP class of C-FIND, C-MOVE or C-GET. */
  static QueryModel of(SopClassUid sopClass) {
    return is(InformationModel.STUDY_ROOT, sopClass)
        ? new QueryModel(LEVELS.subList(1, LEVELS.size()))
        : is(InformationModel.PATIENT_STUDY_ONLY, sopClass)
            ? new QueryModel(LEVELS.subList(0, 2))
            : new QueryModel(LEVELS);
  }

  private static boolean is(InformationModel model, SopClassUid sopClass) {
    return model.find().filter(sopClass::equals).isPresent()
        || model.move().filter(sopClass::equals).isPresent()
        || model.get().filter(sopClass::equals).isPresent();
  }

  /** The level of an identifier, if the model has it. */
  QueryRetrieveLevel level(Dataset identifier) throws DimseException {
    return QueryRetrieveLevel.of(identifier)
        .filter(levels::contains)
        .orElseThrow(() -> refused("Query/Retrieve Level missing or not of the model"));
  }

  /** In a hierarchical search every level above is fixed by one value of its unique key. */
  void requireHierarchy(QueryRetrieveLevel level, Dataset identifier) throws DimseException {
    for (QueryRetrieveLevel above : levels.subList(0, levels.indexOf(level))) {
      List<String> values = identifier.strings(above.uniqueKey());
      if (values.size() != 1 || !isSingle(above, values.getFirst())) {
        throw refused("unique key of a level above is missing");
      }
    }
  }

  private static boolean isSingle(QueryRetrieveLevel level, String value) {
    return level == QueryRetrieveLevel.PATIENT
        ? !value.isEmpty() && value.indexOf('*') < 0 && value.indexOf('?') < 0
        : Uid.isValid(value);
  }

  /** The unique keys of a retrieval: of its level at least one, above it at most one each. */
  Map<Integer, String> uniqueKeys(QueryRetrieveLevel level, Dataset identifier, boolean relational)
      throws DimseException {
    if (!relational) {
      requireHierarchy(level, identifier);
    }
    Map<Integer, String> keys = new HashMap<>();
    for (QueryRetrieveLevel each : levels.subList(0, levels.indexOf(level) + 1)) {
      List<String> values = new ArrayList<>();
      for (String value : identifier.strings(each.uniqueKey())) {
        if (!value.isEmpty()) {
          if (!isSingle(each, value)) {
            throw refused("a unique key is no single value");
          }
          values.add(value);
        }
      }
      if (!values.isEmpty()) {
        keys.put(each.uniqueKey(), String.join("\\", values));
      }
    }
    if (!keys.containsKey(level.uniqueKey())) {
      throw refused("unique key of the level is missing");
    }
    return keys;
  }

  /** Whether an attribute belongs to a level below, so that it is no key of this one. */
  static boolean isBelow(int tag, QueryRetrieveLevel level) {
    return switch (level) {
      case PATIENT -> tag >>> 16 != 0x0010 && !isTotalOfPatient(tag);
      case STUDY -> OF_SERIES.contains(tag) || OF_IMAGE.contains(tag);
      case SERIES -> OF_IMAGE.contains(tag);
      case IMAGE, FRAME -> false;
    };
  }

  private static boolean isTotalOfPatient(int tag) {
    return tag == Tag.NumberOfPatientRelatedStudies
        || tag == Tag.NumberOfPatientRelatedSeries
        || tag == Tag.NumberOfPatientRelatedInstances
        || tag == Tag.TimezoneOffsetFromUTC;
  }

  static DimseException refused(@Nullable String comment) {
    DimseStatus status = DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS;
    return new DimseException(comment == null ? status : status.withComment(comment));
  }
}
