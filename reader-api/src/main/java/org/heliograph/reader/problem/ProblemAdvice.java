package org.heliograph.reader.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.DatabindException;

/** The one place where an exception becomes an HTTP answer. Messages of exceptions never leave. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";
  private static final String RETRY_AFTER_SECONDS = "30";
  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,40}");

  @ExceptionHandler
  ResponseEntity<ProblemDetail> known(ProblemException problem) {
    if (problem.code().status().is5xxServerError()) {
      log.warn("event=http.problem code={}", problem.code().code());
    }
    return answer(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notAllowed(AccessDeniedException denied) {
    return answer(new ProblemException(ProblemCode.NOT_FOUND));
  }

  @ExceptionHandler({
    TransientDataAccessException.class,
    CannotGetJdbcConnectionException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<ProblemDetail> database(Exception fault) {
    log.error("event=database.unavailable fault={}", fault.getClass().getSimpleName());
    return answer(new ProblemException(ProblemCode.BUSY, fault, "the database"));
  }

  /** What is asked for may be there again in a moment. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> store(StoreUnavailableException fault) {
    log.warn("event=store.unavailable");
    return answer(new ProblemException(ProblemCode.BUSY, fault, "the picture archive"));
  }

  /** Given on to the container, which closes the connection. */
  @ExceptionHandler
  void brokenOff(BrokenOffException fault) throws BrokenOffException {
    log.warn("event=http.broken.off");
    throw fault;
  }

  /** A query or form whose encoding or number of parameters is not allowed. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> parameters(InvalidParameterException malformed) {
    return answer(Problems.ofStatus(HttpStatus.BAD_REQUEST));
  }

  /** Text that PostgreSQL cannot hold, such as a NUL, is the sender's fault; the rest is ours. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> integrity(
      DataIntegrityViolationException fault, HttpServletRequest request) {
    return fault.getRootCause() instanceof SQLException root
            && CHARACTER_NOT_IN_REPERTOIRE.equals(root.getSQLState())
        ? answer(Problems.ofStatus(HttpStatus.BAD_REQUEST))
        : answer(Faults.record(fault, request));
  }

  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> bug(Exception bug, HttpServletRequest request) {
    return Faults.isPeerGone(bug) ? null : answer(Faults.record(bug, request));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception ex,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemException problem = problemOf(ex, status, request);
    HttpHeaders all = new HttpHeaders();
    all.putAll(headers);
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    all.setCacheControl("no-store");
    return new ResponseEntity<>(Problems.body(problem), all, problem.code().status());
  }

  private static ProblemException problemOf(Exception ex, HttpStatusCode status, WebRequest web) {
    return switch (ex) {
      case HttpMessageNotReadableException unreadable
          when unreadable.getRootCause() instanceof ProblemException known ->
          known;
      case MethodArgumentNotValidException invalid -> {
        String fields =
            invalid.getFieldErrors().stream()
                .map(error -> error.getField())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        yield new ProblemException(ProblemCode.INVALID_FIELD, fields, "missing or not allowed");
      }
      case MethodArgumentTypeMismatchException mismatch ->
          new ProblemException(
              ProblemCode.INVALID_FIELD, mismatch.getName(), "not of the expected form");
      case MissingServletRequestParameterException missing ->
          new ProblemException(ProblemCode.INVALID_FIELD, missing.getParameterName(), "missing");
      case HttpMessageNotReadableException unreadable
          when unreadable.getCause() instanceof DatabindException field ->
          ofField(field);
      case HttpRequestMethodNotSupportedException method ->
          new ProblemException(ProblemCode.METHOD_NOT_ALLOWED, method.getMethod());
      case HttpMediaTypeNotSupportedException type ->
          new ProblemException(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              type.getSupportedMediaTypes().stream()
                  .map(MediaType::toString)
                  .collect(Collectors.joining(", ")));
      default ->
          status.is5xxServerError() && web instanceof ServletWebRequest servlet
              ? Faults.record(ex, servlet.getRequest())
              : Problems.ofStatus(status);
    };
  }

  /** Names the field by our own name for it; what was sent is not repeated. */
  private static ProblemException ofField(DatabindException fault) {
    String field =
        fault.getPath().stream()
            .map(step -> String.valueOf(step.getPropertyName()))
            .filter(name -> NAME.matcher(name).matches())
            .collect(Collectors.joining("."));
    return field.isEmpty()
        ? Problems.ofStatus(HttpStatus.BAD_REQUEST)
        : new ProblemException(ProblemCode.INVALID_FIELD, field, "missing or not allowed");
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemException problem) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(problem.code().status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (problem.code().status() == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(Problems.body(problem));
  }
}
