package org.heliograph.reader.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/setup}: the first administrator, by the one-time link. */
@RestController
class SetupEndpoint {
  private final SetupLinks links;
  private final PersonViews views;

  SetupEndpoint(SetupLinks links, PersonViews views) {
    this.links = links;
    this.views = views;
  }

  record Setup(
      @NotBlank String token,
      @NotBlank String login,
      @NotBlank String displayName,
      @NotBlank String password) {
    @Override
    public String toString() {
      return "Setup[***]";
    }
  }

  @PostMapping("/api/setup")
  @ResponseStatus(HttpStatus.CREATED)
  SessionEndpoint.Session setUp(@Valid @RequestBody Setup setup) {
    char[] password = setup.password().toCharArray();
    try {
      NewPerson administrator =
          new NewPerson(setup.login(), setup.displayName(), "", "", Role.ADMINISTRATOR, null, null);
      return new SessionEndpoint.Session(
          views.of(links.use(setup.token(), administrator, password)));
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
