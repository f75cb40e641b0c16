package org.heliograph.reader.retention;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.patients.ChangeResult;
import org.heliograph.archive.patients.PatientChange;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/patients}: corrections of patients by coordinators. */
@RestController
@RequestMapping("/api/patients")
class PatientEndpoint {
  record Done(long change, List<String> studies) {
    static Done of(ChangeResult.Changed changed) {
      return new Done(
          changed.changeId(),
          changed.studies().stream().map(study -> study.value().value()).toList());
    }
  }

  record Line(
      long change,
      PatientChange.Kind kind,
      Instant at,
      String by,
      String reason,
      @Nullable Long undoes,
      @Nullable Long undoneBy,
      int studies,
      String before,
      String after) {
    @Override
    public String toString() {
      return "Line[***]";
    }
  }

  private final ArchiveCare care;
  private final Sites sites;
  private final CurrentPerson person;

  PatientEndpoint(ArchiveCare care, Sites sites, CurrentPerson person) {
    this.care = care;
    this.sites = sites;
    this.person = person;
  }

  private Doer coordinator() {
    return Doer.of(person.require(Role.COORDINATOR));
  }

  @PostMapping("/update")
  Done update(@RequestBody CareForms.Update form) {
    Doer doer = coordinator();
    UUID site = CareForms.site(sites, form.site());
    return Done.of(
        care.update(
            CareForms.patient("patient", site, form.patient()),
            form.checkedValues(),
            CareForms.reason(form.reason()),
            doer));
  }

  @PostMapping("/merge")
  Done merge(@RequestBody CareForms.Merge form) {
    Doer doer = coordinator();
    UUID site = CareForms.site(sites, form.site());
    return Done.of(
        care.merge(
            CareForms.patient("wrong", site, form.wrong()),
            CareForms.patient("right", site, form.right()),
            CareForms.reason(form.reason()),
            doer));
  }

  @PostMapping("/changes/{change}/undo")
  Done undo(@PathVariable("change") long change, @RequestBody CareForms.Reason form) {
    Doer doer = coordinator();
    return Done.of(
        care.undo(
            CareForms.site(sites, form.site()), change, CareForms.reason(form.reason()), doer));
  }

  @GetMapping("/history")
  List<Line> history(@RequestParam("site") String site, @RequestParam("patient") String patient) {
    Doer doer = coordinator();
    return care
        .history(CareForms.patient("patient", CareForms.site(sites, site), patient), doer)
        .stream()
        .map(change ->
            new Line(
                change.id(),
                change.kind(),
                change.changedAt(),
                change.actor(),
                change.reason(),
                change.undoes(),
                change.undoneBy(),
                change.studyCount(),
                change.before(),
                change.after()))
        .toList();
  }
}
