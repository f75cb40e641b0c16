package org.heliograph.reader.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as RFC 9457 {@code application/problem+json}, also outside of controllers. */
@Component
public final class Problems {
  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** The body for this problem. */
  public static ProblemDetail body(ProblemException problem) {
    ProblemCode code = problem.code();
    ProblemDetail body = ProblemDetail.forStatus(code.status());
    body.setType(URI.create("urn:heliograph:problem:" + code.code()));
    body.setTitle(code.title());
    body.setDetail(problem.detail());
    body.setProperty("code", code.code());
    body.setProperty("next", code.next());
    return body;
  }

  /** Answers with this problem, from a filter. */
  public void write(HttpServletResponse response, ProblemException problem) throws IOException {
    response.setStatus(problem.code().status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(json.writeValueAsBytes(body(problem)));
  }

  /** The problem that says what a bare HTTP status says. */
  static ProblemException ofStatus(HttpStatusCode status) {
    return switch (status.value()) {
      case 401 -> new ProblemException(ProblemCode.SIGN_IN_REQUIRED);
      case 404 -> new ProblemException(ProblemCode.NOT_FOUND);
      case 405 -> new ProblemException(ProblemCode.METHOD_NOT_ALLOWED, "used");
      case 406 -> new ProblemException(ProblemCode.NOT_ACCEPTABLE);
      case 413 -> new ProblemException(ProblemCode.TOO_LARGE, "the allowed number of");
      case 415 -> new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "those documented");
      case 503 -> new ProblemException(ProblemCode.BUSY, "a time limit");
      default ->
          new ProblemException(
              ProblemCode.MALFORMED_REQUEST, "It does not follow the form expected here.");
    };
  }
}
