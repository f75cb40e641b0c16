package org.heliograph.reader.access;

import java.util.List;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * What may be asked without a session, and the headers of every answer. Everything under {@code
 * /api} and {@code /dicomweb} needs a session unless it is named here; the faces' files do not.
 */
@Configuration
class WebSecurity {
  /** Cornerstone's decoders are WebAssembly in workers. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
          + "img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
          + "frame-src 'self' blob:; "
          + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain hubSecurity(
      HttpSecurity http,
      Problems problems,
      SessionAge age,
      TokenSignIn tokens,
      @Value("${heliograph.cors-origins:}") String origins) {
    // A plain token: the cookie's value, echoed. It is loaded with each request, so that the first
    // answer already carries the cookie.
    CsrfTokenRequestAttributeHandler plainToken = new CsrfTokenRequestAttributeHandler();
    plainToken.setCsrfRequestAttributeName(null);
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(c -> c.sameSite("Lax"));
    List<String> crossOrigins = CrossOrigin.origins(origins);
    if (crossOrigins.isEmpty()) {
      http.cors(cors -> cors.disable());
    } else {
      http.cors(cors -> cors.configurationSource(CrossOrigin.source(crossOrigins)));
    }
    return http.csrf(csrf -> csrf.csrfTokenRepository(cookie).csrfTokenRequestHandler(plainToken))
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/api/session", "/api/health", "/api/health/live")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/setup")
                .permitAll()
                .requestMatchers("/api/**", "/dicomweb/**")
                .authenticated()
                .anyRequest()
                .permitAll())
        .securityContext(context ->
            context.securityContextRepository(new HttpSessionSecurityContextRepository()))
        .addFilterBefore(tokens, CsrfFilter.class)
        .addFilterBefore(age, AnonymousAuthenticationFilter.class)
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint((request, response, fault) -> {
                  if (request.getServletPath().startsWith("/dicomweb/")) {
                    response.setHeader("WWW-Authenticate", "Bearer");
                  }
                  problems.write(response, new ProblemException(ProblemCode.SIGN_IN_REQUIRED));
                })
                .accessDeniedHandler((request, response, fault) ->
                    problems.write(response, new ProblemException(ProblemCode.CSRF_TOKEN_WRONG))))
        .headers(headers ->
            headers
                .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(frame -> frame.deny())
                .cacheControl(cache -> cache.disable())
                // What the API says is not kept, unless an endpoint says otherwise itself.
                .addHeaderWriter(
                    new DelegatingRequestMatcherHeaderWriter(
                        request -> request.getServletPath().startsWith("/api/"),
                        new CacheControlHeadersWriter()))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                    policy -> policy.policy("geolocation=(), microphone=(), payment=()"))
                .crossOriginOpenerPolicy(opener ->
                    opener.policy(
                        org.springframework.security.web.header.writers
                            .CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy
                            .SAME_ORIGIN)))
        .requestCache(cache -> cache.disable())
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .logout(logout -> logout.disable())
        .build();
  }

  /** Nobody signs in by Spring's own means; this also keeps it from making up a user. */
  @Bean
  UserDetailsService noUserDetails() {
    return name -> {
      throw new UsernameNotFoundException("not used");
    };
  }
}
