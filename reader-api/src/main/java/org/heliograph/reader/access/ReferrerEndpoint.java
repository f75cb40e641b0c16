package org.heliograph.reader.access;

import java.util.List;
import java.util.UUID;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/referrers?q=}: whom a report can go to. */
@RestController
class ReferrerEndpoint {
  private final CurrentPerson current;
  private final People people;

  ReferrerEndpoint(CurrentPerson current, People people) {
    this.current = current;
    this.people = people;
  }

  record Referrer(UUID id, String displayName, String organisation) {}

  @GetMapping("/api/referrers")
  List<Referrer> find(@RequestParam(name = "q", defaultValue = "") String contains) {
    current.require(Role.CLINIC, Role.COORDINATOR);
    if (contains.length() > 100) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "q", "at most 100 characters");
    }
    return people.referrers(contains.strip()).stream()
        .map(p -> new Referrer(p.id(), p.displayName(), p.organisation()))
        .toList();
  }
}
