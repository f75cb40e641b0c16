package org.heliograph.reader.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session twelve hours after sign-in, however busy it is; idle ones end after eight. */
final class SessionAge extends OncePerRequestFilter {
  static final Duration LONGEST = Duration.ofHours(12);
  static final String SIGNED_IN_AT = "signedInAt";

  private final InstantSource clock;

  SessionAge(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    if (session != null
        && session.getAttribute(SIGNED_IN_AT) instanceof Instant since
        && since.plus(LONGEST).isBefore(clock.instant())) {
      SecurityContextHolder.clearContext();
      session.invalidate();
    }
    chain.doFilter(request, response);
  }

  @Configuration
  static class Wiring {
    @Bean
    SessionAge sessionAge(InstantSource clock) {
      return new SessionAge(clock);
    }

    /** It belongs to the security chain only, after the session's context is loaded. */
    @Bean
    FilterRegistrationBean<SessionAge> sessionAgeRegistration(SessionAge filter) {
      FilterRegistrationBean<SessionAge> registration = new FilterRegistrationBean<>(filter);
      registration.setEnabled(false);
      return registration;
    }
  }
}
