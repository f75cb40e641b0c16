package org.heliograph.reader.cases;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The sort key of a page's last row: the next page begins after it. Opaque to clients. */
public record PageCursor(Instant time, UUID id) {
  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 50;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** The key of a list by deadline. */
  public static PageCursor byDeadline(CaseSummary last) {
    var deadline = last.deadlineAt();
    return new PageCursor(deadline == null ? Instant.EPOCH : deadline, last.id());
  }

  /** The time as the database takes it. */
  public OffsetDateTime timestamp() {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** For the client. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((time + " " + id).getBytes(StandardCharsets.UTF_8));
  }

  /** What the client gave back; TR-0002 if it is not one of ours. */
  public static @Nullable PageCursor parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
      var time = Instant.parse(parts[0]);
      if (time.isBefore(FIRST) || time.isAfter(LAST)) {
        throw new DateTimeException("not a time of a row");
      }
      return new PageCursor(time, UUID.fromString(parts[1]));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, e, "cursor", "not from a page of ours");
    }
  }

  /** The number of rows asked for, 1 to 200, 50 if nothing was said. */
  public static int limit(@Nullable Integer asked) {
    if (asked == null) {
      return USUAL_PAGE;
    }
    if (asked < 1 || asked > LARGEST_PAGE) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "limit", "1 to " + LARGEST_PAGE);
    }
    return asked;
  }
}
