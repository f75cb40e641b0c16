package org.heliograph.reader.gateways;

import org.heliograph.node.link.LinkPaths;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.problem.Problems;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/**
 * The gateways' own way in. It knows no sessions and no cookies, so that no page of another site
 * can make a browser use it: there is nothing for a CSRF token to protect.
 */
@Configuration
class GatewaySecurity {
  @Bean
  @Order(1)
  SecurityFilterChain gatewayRequests(
      HttpSecurity http, Gateways gateways, RefusedCredentials refused, Problems problems) {
    return http.securityMatcher(LinkPaths.BASE + "/**")
        .csrf(csrf -> csrf.disable())
        .cors(cors -> cors.disable())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers(HttpMethod.POST, LinkPaths.ENROLMENT)
                .permitAll()
                .anyRequest()
                .authenticated())
        .addFilterBefore(
            new GatewaySignIn(gateways, refused, problems), AnonymousAuthenticationFilter.class)
        .exceptionHandling(errors ->
            errors.authenticationEntryPoint((request, response, fault) ->
                problems.write(response, new ProblemException(ProblemCode.GATEWAY_UNKNOWN))))
        .requestCache(cache -> cache.disable())
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .logout(logout -> logout.disable())
        .build();
  }
}
