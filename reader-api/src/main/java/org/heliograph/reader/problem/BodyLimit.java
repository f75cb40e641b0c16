package org.heliograph.reader.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No request body is larger than {@value #LARGEST_BYTES} bytes, whether its length is announced or
 * not. Parts of resumable uploads, parcels of gateways and instances sent by STOW-RS have their own
 * limits, and are never held in memory.
 */
@Component
final class BodyLimit extends OncePerRequestFilter {
  /** The longest report, each character escaped, is well below. */
  static final int LARGEST_BYTES = 1 << 20;

  private static final String UPLOADS = "/api/uploads/";
  private static final String PARCELS = "/api/gateway/parcels/";
  private static final String STUDIES = "/dicomweb/studies";

  private final Problems problems;

  BodyLimit(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getServletPath();
    return (path.startsWith(UPLOADS) && request.getMethod().equals("PATCH"))
        || path.startsWith(PARCELS)
        || (isStore(path) && request.getMethod().equals("POST"));
  }

  private static boolean isStore(String path) {
    return path.equals(STUDIES) || path.startsWith(STUDIES + "/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > LARGEST_BYTES) {
      problems.write(response, tooLarge());
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(ProblemCode.TOO_LARGE, LARGEST_BYTES);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream body;
    private long count;

    Counted(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int b = body.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = body.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int more) {
      count += more;
      if (count > LARGEST_BYTES) {
        throw tooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
