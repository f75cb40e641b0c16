package org.heliograph.reader.ups;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.dicomweb.SearchRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Searches workitems, those due first first (PS3.18 11.9). The database narrows by who sees them,
 * UID, state, patient ID and priority, and is read by keyset; the other keys are compared here.
 */
@Component
class WorkitemSearch {
  private static final int PAGE = 200;

  /** Attributes of every answer (PS3.4 Table CC.2.5-3, return key types 1 and 2). */
  private static final Set<Integer> RETURNED =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.ScheduledProcedureStepPriority,
          Tag.ScheduledProcedureStepModificationDateTime,
          Tag.ProcedureStepLabel,
          Tag.WorklistLabel,
          Tag.ScheduledProcessingParametersSequence,
          Tag.ScheduledStationNameCodeSequence,
          Tag.ScheduledStationClassCodeSequence,
          Tag.ScheduledStationGeographicLocationCodeSequence,
          Tag.ScheduledHumanPerformersSequence,
          Tag.ScheduledProcedureStepStartDateTime,
          Tag.ExpectedCompletionDateTime,
          Tag.ScheduledWorkitemCodeSequence,
          Tag.CommentsOnTheScheduledProcedureStep,
          Tag.InputReadinessState,
          Tag.InputInformationSequence,
          Tag.StudyInstanceUID,
          Tag.PatientName,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.AdmissionID,
          Tag.ReferencedRequestSequence,
          Tag.ProcedureStepState,
          Tag.ProcedureStepProgressInformationSequence,
          Tag.TimezoneOffsetFromUTC,
          Tag.SpecificCharacterSet);

  /** What is found; {@code more} says that there is more than was taken. */
  record Found(List<Dataset> answers, boolean more) {
    @Override
    public String toString() {
      return "Found[" + answers.size() + "]";
    }
  }

  private final WorkitemRows rows;
  private final WorkitemInformation information;

  WorkitemSearch(WorkitemRows rows, WorkitemInformation information) {
    this.rows = rows;
    this.information = information;
  }

  @Transactional(readOnly = true)
  Found search(Person person, SearchRequest search, String base) {
    var keys = MatchKeys.of(search);
    var narrowed = narrowed(search);
    List<Dataset> answers = new ArrayList<>();
    long skip = search.offset();
    Workitem after = null;
    List<Workitem> page;
    do {
      page = rows.page(person.id(), narrowed, after, PAGE);
      for (Workitem workitem : page) {
        after = workitem;
        if (!keys.match(workitem.answer()) || skip-- > 0) {
          continue;
        }
        if (answers.size() == search.limit()) {
          return new Found(answers, true);
        }
        answers.add(selected(information.answer(workitem, base), search));
      }
    } while (page.size() == PAGE);
    return new Found(answers, false);
  }

  private static WorkitemRows.Narrowed narrowed(SearchRequest search) {
    String uid = search.matches().getOrDefault(Tag.SOPInstanceUID, "");
    String state = search.matches().getOrDefault(Tag.ProcedureStepState, "");
    return new WorkitemRows.Narrowed(
        exact(uid) ? List.of(uid.split("[,\\\\]")) : List.of(),
        exact(state) ? List.of(state.split("\\\\")) : List.of(),
        single(search.matches().getOrDefault(Tag.PatientID, "")),
        single(search.matches().getOrDefault(Tag.ScheduledProcedureStepPriority, "")));
  }

  private static boolean exact(String key) {
    return !key.isEmpty() && key.indexOf('*') < 0 && key.indexOf('?') < 0 && key.indexOf('"') < 0;
  }

  private static String single(String key) {
    return exact(key) && key.indexOf('\\') < 0 && key.strip().equals(key) ? key : "";
  }

  private static Dataset selected(Dataset answer, SearchRequest search) {
    if (search.include().all()) {
      return answer;
    }
    Set<Integer> wanted = new HashSet<>(RETURNED);
    wanted.addAll(search.matches().keySet());
    wanted.addAll(search.itemMatches().keySet());
    search.include().paths().forEach(path -> wanted.add(path.getFirst()));
    return answer.filter(element -> wanted.contains(element.tag()));
  }
}
