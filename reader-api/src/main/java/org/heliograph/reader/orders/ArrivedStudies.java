package org.heliograph.reader.orders;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CasePatient;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.Laterality;
import org.heliograph.reader.cases.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the worklist knows of a study that arrives: whose it is, and what was asked. */
@Component
public class ArrivedStudies {
  private static final String CASE =
      """
      select distinct c.id
      from reading.scheduled_step s
      join reading.case_file c on c.id = coalesce(s.request_case_id, s.case_id)
      where s.site_id = :site and s.study_instance_uid = :study
        and c.state in ('DRAFT', 'SUBMITTED', 'RECEIVING', 'WAITING', 'CLAIMED', 'NEEDS_INFO')
      limit 2
      """;
  private static final String ORDER =
      """
      select distinct o.id, o.study_instance_uid = :study as by_study
      from reading.imaging_order o
      left join reading.scheduled_step s on s.order_id = o.id
      where o.site_id = :site
        and (o.study_instance_uid = :study or s.study_instance_uid = :study
             or (:accession <> '' and o.accession_number = :accession and not o.cancelled))
      limit 3
      """;

  private final JdbcClient sql;
  private final OrderRows orders;
  private final StepRows steps;

  ArrivedStudies(JdbcClient sql) {
    this.sql = sql;
    this.orders = new OrderRows(sql);
    this.steps = new StepRows(sql);
  }

  /** The open case that this study was scheduled for, by its Study Instance UID. */
  public Optional<CaseId> caseOf(UUID siteId, StudyInstanceUid study) {
    var found =
        sql.sql(CASE)
            .param("site", siteId)
            .param("study", study.value().value())
            .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
            .list();
    return onlyOne(found);
  }

  /** The order that this study is for, by its Study Instance UID, else by accession number. */
  public Optional<Ordered> orderOf(UUID siteId, StudyInstanceUid study, String accessionNumber) {
    record Candidate(UUID id, boolean byStudy) {}
    List<Candidate> found =
        sql.sql(ORDER)
            .param("site", siteId)
            .param("study", study.value().value())
            .param("accession", accessionNumber)
            .query((row, n) ->
                new Candidate(row.getObject("id", UUID.class), row.getBoolean("by_study")))
            .list();
    List<Candidate> byStudy = found.stream().filter(Candidate::byStudy).toList();
    return onlyOne(byStudy.isEmpty() ? found : byStudy)
        .flatMap(candidate -> orders.byId(candidate.id()))
        .map(Ordered::new);
  }

  /** Says to which case the study of an order came; its steps are done, unless one is in hand. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void arrived(Ordered ordered, CaseId caseId) {
    steps.refresh(steps.arrived(ordered.order.id(), caseId.value()));
  }

  /** Two candidates are none: a wrong patient's case would be worse than a case of its own. */
  private static <T> Optional<T> onlyOne(List<T> found) {
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** What was ordered. Prints nothing of its content. */
  public static final class Ordered {
    private final OrderRows.Order order;

    private Ordered(OrderRows.Order order) {
      this.order = order;
    }

    /** The patient of the order. */
    public CasePatient patient() {
      return new CasePatient(
          order.familyName(),
          order.givenName(),
          order.patientId(),
          order.issuer(),
          order.birthDate(),
          order.sex());
    }

    /** The request that the order makes; of which part of the body the pictures say. */
    public CaseRequest request(
        Specialty specialty, String bodyPart, @Nullable Laterality laterality) {
      return new CaseRequest(
          specialty,
          switch (order.priority()) {
            case "STAT" -> Urgency.EMERGENCY;
            case "HIGH" -> Urgency.URGENT;
            default -> Urgency.ROUTINE;
          },
          bodyPart,
          laterality,
          order.question(),
          order.history(),
          null,
          order.accessionNumber(),
          false); // none is expected any more: it is here
    }

    @Override
    public String toString() {
      return "Ordered[" + order.id() + "]";
    }
  }
}
