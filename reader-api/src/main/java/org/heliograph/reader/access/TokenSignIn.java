package org.heliograph.reader.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditOutcome;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Requests of programs under {@code /dicomweb} with {@code Authorization: Bearer} (RFC 6750). Such
 * a request stands for itself: no session is read or begun, a token that is not good is refused
 * whatever cookies came with it, and no CSRF token is needed, since no browser adds the header by
 * itself. After {@link #FAILURES} bad ones in a minute from one address further bad ones are
 * answered 429 and no longer recorded; a good one is taken even then, as a clinic's programs may
 * share an address.
 */
final class TokenSignIn extends OncePerRequestFilter {
  static final int FAILURES = 20;
  private static final String SCHEME = "Bearer ";

  private final ApiTokens tokens;
  private final People people;
  private final AuditTrail audit;
  private final Problems problems;
  private final InstantSource clock;
  private final AttemptLimit badOnes;

  TokenSignIn(
      ApiTokens tokens, People people, AuditTrail audit, Problems problems, InstantSource clock) {
    this.tokens = tokens;
    this.people = people;
    this.audit = audit;
    this.problems = problems;
    this.clock = clock;
    this.badOnes = new AttemptLimit(clock, FAILURES);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header == null
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || !request.getServletPath().startsWith("/dicomweb/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              bearer(request), null, List.of(new SimpleGrantedAuthority("TOKEN"))));
      SecurityContextHolder.setContext(context);
    } catch (ProblemException problem) {
      if (problem.code() == ProblemCode.TOO_MANY_TOKENS) {
        response.setHeader("Retry-After", Long.toString(AttemptLimit.WINDOW.toSeconds()));
      } else {
        String fault =
            problem.code() == ProblemCode.TOKEN_MAY_NOT ? "insufficient_scope" : "invalid_token";
        response.setHeader("WWW-Authenticate", "Bearer error=\"" + fault + "\"");
      }
      problems.write(response, problem);
      return;
    }
    CsrfFilter.skipRequest(request);
    chain.doFilter(request, response);
  }

  private TokenBearer bearer(HttpServletRequest request) {
    String secret = request.getHeader("Authorization").substring(SCHEME.length()).strip();
    Instant now = clock.instant();
    ApiToken token = tokens.bySecret(secret).orElse(null);
    Optional<Person> person =
        token == null || !token.isGood(now) ? Optional.empty() : people.byId(token.person());
    if (token == null || person.isEmpty()) {
      throw refused(request, token == null ? "?" : "token:" + token.name());
    }
    if (!token.rights().contains(TokenRight.of(request.getMethod(), request.getServletPath()))) {
      throw new ProblemException(
          ProblemCode.TOKEN_MAY_NOT,
          TokenRight.of(request.getMethod(), request.getServletPath()).word());
    }
    tokens.used(token, now);
    return new TokenBearer(person.get(), token.name());
  }

  private ProblemException refused(HttpServletRequest request, String actor) {
    String address = request.getRemoteAddr();
    if (badOnes.isPaused(address)) {
      return new ProblemException(ProblemCode.TOO_MANY_TOKENS);
    }
    badOnes.failed(address);
    audit.record(
        AuditEvent.of(AuditKind.USER_AUTHENTICATION, AuditAction.EXECUTE)
            .outcome(AuditOutcome.SERIOUS_FAILURE)
            .detail("TOKEN_REFUSED")
            .by(null, actor)
            .from(address));
    return new ProblemException(ProblemCode.TOKEN_NOT_VALID);
  }

  @Configuration
  static class Wiring {
    @Bean
    TokenSignIn tokenSignIn(
        ApiTokens tokens, People people, AuditTrail audit, Problems problems, InstantSource clock) {
      return new TokenSignIn(tokens, people, audit, problems, clock);
    }

    /** It belongs to the security chain only. */
    @Bean
    FilterRegistrationBean<TokenSignIn> tokenSignInRegistration(TokenSignIn filter) {
      FilterRegistrationBean<TokenSignIn> registration = new FilterRegistrationBean<>(filter);
      registration.setEnabled(false);
      return registration;
    }
  }
}
