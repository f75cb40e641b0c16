package org.heliograph.reader.cases;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.reader.access.Person;

/** What a person may do with a case now, from the state machine and the role. */
final class CaseActions {
  private CaseActions() {}

  static List<String> of(CaseFile file, Person person, boolean underWay) {
    return switch (person.role()) {
      case CLINIC -> clinic(file);
      case READER -> reader(file, person);
      case REFERRER -> can(file, CaseEventKind.ACKNOWLEDGED) ? List.of("acknowledge") : List.of();
      case COORDINATOR -> coordinator(file, underWay);
      case ADMINISTRATOR -> List.of();
    };
  }

  private static List<String> coordinator(CaseFile file, boolean underWay) {
    var actions = new ArrayList<String>();
    if (can(file, CaseEventKind.CANCELLED)) {
      actions.add("cancel");
    }
    if (underWay) {
      actions.add("release-parcels");
    }
    return actions;
  }

  private static List<String> clinic(CaseFile file) {
    var actions = new ArrayList<String>();
    if (mayEdit(file)) {
      actions.add("edit");
    }
    if (can(file, CaseEventKind.SUBMITTED)) {
      actions.add("submit");
    }
    if (can(file, CaseEventKind.CANCELLED)) {
      actions.add("cancel");
    }
    if (can(file, CaseEventKind.ANSWERED)) {
      actions.add("answer");
    }
    if (file.request().referrerId() == null && can(file, CaseEventKind.ACKNOWLEDGED)) {
      actions.add("acknowledge");
    }
    return actions;
  }

  /** The request is open in a draft, when the reader asked, and while there is none. */
  static boolean mayEdit(CaseFile file) {
    return can(file, CaseEventKind.REQUEST_EDITED)
        && (file.state() == CaseState.DRAFT
            || file.state() == CaseState.NEEDS_INFO
            || !file.hasRequest());
  }

  private static List<String> reader(CaseFile file, Person person) {
    var actions = new ArrayList<String>();
    if (can(file, CaseEventKind.CLAIMED)) {
      actions.add("claim");
    }
    if (!file.isReadBy(person.id())) {
      return actions;
    }
    if (can(file, CaseEventKind.RELEASED)) {
      actions.add("release");
    }
    if (can(file, CaseEventKind.INFO_REQUESTED)) {
      actions.add("needs-info");
    }
    if (can(file, CaseEventKind.REJECTED)) {
      actions.add("reject");
    }
    if (can(file, CaseEventKind.FINAL)) {
      actions.add("report");
    }
    if (can(file, CaseEventKind.AMENDED)) {
      actions.add("addendum");
    }
    return actions;
  }

  private static boolean can(CaseFile file, CaseEventKind kind) {
    return CaseTransitions.next(file.state(), kind).isPresent();
  }
}
