package org.heliograph.reader.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The person whose session this request belongs to, or in whose name its token acts, read from the
 * database each time, so that a person who is switched off or moved, or whose password was changed,
 * loses access with the next request.
 */
@Component
public final class CurrentPerson {
  private final People people;

  CurrentPerson(People people) {
    this.people = people;
  }

  /** The person, or empty without a session. */
  public Optional<Person> find() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return switch (authentication == null ? null : authentication.getPrincipal()) {
      case SignedIn signedIn -> people.bySession(signedIn);
      case TokenBearer bearer -> Optional.of(bearer.person());
      case null, default -> Optional.empty();
    };
  }

  /** The person; without a session the request ends as 401. */
  public Person require() {
    return find().orElseThrow(() -> new ProblemException(ProblemCode.SIGN_IN_REQUIRED));
  }

  /** The person, who must have one of these roles; otherwise the request ends as 403. */
  public Person require(Role... roles) {
    Person person = require();
    if (!Arrays.asList(roles).contains(person.role())) {
      throw new ProblemException(
          ProblemCode.ROLE_NOT_ALLOWED,
          Arrays.stream(roles).map(Role::name).collect(Collectors.joining(" or ")));
    }
    return person;
  }
}
