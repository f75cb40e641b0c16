package org.heliograph.reader.faces;

import org.heliograph.reader.access.CurrentPerson;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /}: everybody's own face. */
@RestController
class StartPage {
  private final CurrentPerson current;

  StartPage(CurrentPerson current) {
    this.current = current;
  }

  @GetMapping("/")
  ResponseEntity<Void> start() {
    String face =
        current
            .find()
            .map(person ->
                switch (person.role()) {
                  case READER -> "/read";
                  case CLINIC -> "/clinic";
                  case REFERRER -> "/inbox";
                  case COORDINATOR, ADMINISTRATOR -> "/desk";
                })
            .orElse("/login");
    return ResponseEntity.status(HttpStatus.FOUND)
        .header("Location", face)
        .cacheControl(CacheControl.noStore())
        .build();
  }
}
