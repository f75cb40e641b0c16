package org.heliograph.reader.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.heliograph.reader.access.PersonViews.PersonView;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/session}: sign in, who am I, sign out. */
@RestController
@RequestMapping("/api/session")
class SessionEndpoint {
  private final SignIn signIn;
  private final CurrentPerson current;
  private final PersonViews views;
  private final InstantSource clock;
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  SessionEndpoint(SignIn signIn, CurrentPerson current, PersonViews views, InstantSource clock) {
    this.signIn = signIn;
    this.current = current;
    this.views = views;
    this.clock = clock;
  }

  record Credentials(@NotBlank String login, @NotBlank String password) {
    @Override
    public String toString() {
      return "Credentials[***]";
    }
  }

  record Session(PersonView person) {}

  @GetMapping
  ResponseEntity<Session> who() {
    return answer(current.require());
  }

  @PostMapping
  ResponseEntity<Session> signIn(
      @Valid @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    char[] password = credentials.password().toCharArray();
    SignIn.Entry entry;
    try {
      entry = signIn.signIn(credentials.login(), password);
    } finally {
      Arrays.fill(password, '\0');
    }
    Person person = entry.person();
    HttpSession old = request.getSession(false);
    if (old != null) {
      // Never go on with a session that somebody else may have planted.
      old.invalidate();
    }
    request.getSession(true).setAttribute(SessionAge.SIGNED_IN_AT, clock.instant());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedIn(person.id(), person.login(), entry.passwordChangedAt()),
            null,
            List.of(new SimpleGrantedAuthority("ROLE_" + person.role().name()))));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    return answer(person);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(HttpServletRequest request) {
    current.find().ifPresent(signIn::signOut);
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
  }

  private ResponseEntity<Session> answer(Person person) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Session(views.of(person)));
  }
}
