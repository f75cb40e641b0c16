package org.heliograph.reader.gateways;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.reader.access.AttemptLimit;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Requests of gateways: {@code Authorization: Bearer hgg_…} (RFC 6750). No session is read or
 * begun, and no cookie counts. Only a code is needed to enrol.
 */
final class GatewaySignIn extends OncePerRequestFilter {
  static final String SCHEME = "Bearer ";

  private final Gateways gateways;
  private final RefusedCredentials refused;
  private final Problems problems;

  GatewaySignIn(Gateways gateways, RefusedCredentials refused, Problems problems) {
    this.gateways = gateways;
    this.refused = refused;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getServletPath().equals(LinkPaths.ENROLMENT)
        && request.getMethod().equals("POST");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              new GatewayActor(gateway(request)),
              null,
              List.of(new SimpleGrantedAuthority("GATEWAY"))));
      SecurityContextHolder.setContext(context);
    } catch (ProblemException problem) {
      answer(response, problem);
      return;
    } catch (DataAccessException e) {
      response.setHeader("Retry-After", "5");
      problems.write(response, new ProblemException(ProblemCode.BUSY, e, "the database"));
      return;
    }
    chain.doFilter(request, response);
  }

  private void answer(HttpServletResponse response, ProblemException problem) throws IOException {
    switch (problem.code()) {
      case TOO_MANY_GATEWAY_TOKENS ->
          response.setHeader("Retry-After", Long.toString(AttemptLimit.WINDOW.toSeconds()));
      case GATEWAY_UNKNOWN ->
          response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      default -> {
        // Nothing to add.
      }
    }
    problems.write(response, problem);
  }

  private Gateway gateway(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new ProblemException(ProblemCode.GATEWAY_UNKNOWN);
    }
    String token = header.substring(SCHEME.length()).strip();
    Gateway gateway = EnrolmentCodes.isToken(token) ? gateways.byToken(token).orElse(null) : null;
    if (gateway == null) {
      throw refused.refused(request, "?", ProblemCode.GATEWAY_UNKNOWN);
    }
    if (gateway.switchedOffAt() != null) {
      throw refused.refused(request, "gateway " + gateway.name(), ProblemCode.GATEWAY_SWITCHED_OFF);
    }
    gateways.heard(gateway.id());
    return gateway;
  }
}
