package org.heliograph.reader.ups;

import org.heliograph.reader.problem.Problems;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Writes refusals before the hub's general advice would take them for bugs. */
@RestControllerAdvice
@Order(0)
class UpsProblems {
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(UpsRefusal refusal) {
    return ResponseEntity.status(refusal.problem().code().status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Warning", header(refusal.warning()))
        .body(Problems.body(refusal.problem()));
  }

  static String header(String warning) {
    return "299 Heliograph \"" + warning + "\"";
  }
}
