package org.heliograph.reader.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that no controller met, such as those of the servlet container, in the same form. */
@RestController
class ErrorPage implements ErrorController {
  private final Problems problems;

  ErrorPage(Problems problems) {
    this.problems = problems;
  }

  @RequestMapping("${server.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object fault = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (fault instanceof InvalidParameterException) {
      problems.write(response, Problems.ofStatus(HttpStatus.BAD_REQUEST));
    } else if (fault instanceof Throwable bug) {
      problems.write(response, Faults.record(bug, request));
    } else {
      int code = status instanceof Integer number ? number : 404;
      problems.write(response, Problems.ofStatus(HttpStatusCode.valueOf(code)));
    }
  }
}
