package org.heliograph.node.lan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.forward.HubException;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Deadline;
import org.heliograph.node.work.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last answer to a conditional question and asks again when the hub names another version
 * of it, and once an hour. An answer that cannot be read does not replace one that could.
 */
final class RefreshedAnswer implements AutoCloseable {
  static final String TOO_LARGE = "GW-ANSWER-TOO-LARGE";
  static final String UNREADABLE = "GW-ANSWER-UNREADABLE";
  private static final String UNREACHABLE = "GW-HUB-UNREACHABLE";
  private static final int LONGEST_ETAG = 200;
  private static final Duration REFRESH = Duration.ofHours(1);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final String name;
  private final Path folder;
  private final DurableFiles files;
  private final InstantSource clock;
  private final int maxBytes;
  private final Reader reader;
  private final AtomicLong bytesRead = new AtomicLong();
  private volatile @Nullable CachedAnswer answer;
  private volatile String code = "";
  private volatile boolean hubFailed;
  private volatile String wanted = "";
  private volatile @Nullable String fetched;
  private @Nullable Worker worker;

  /** Takes an answer to use. */
  @FunctionalInterface
  interface Reader {
    /**
     * Uses this answer from now on, or the one before if it throws.
     *
     * @throws UnreadableException it says nothing that could be used
     */
    void use(String text) throws UnreadableException;
  }

  /** The question. */
  @FunctionalInterface
  interface Question {
    HubExchange.Answer ask(String etag) throws IOException, InterruptedException;
  }

  /** An answer without use; the message is a code. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String code) {
      super(code);
    }
  }

  RefreshedAnswer(
      Path folder,
      String name,
      DurableFiles files,
      InstantSource clock,
      int maxBytes,
      Reader reader)
      throws IOException {
    this.folder = folder;
    this.name = name;
    this.files = files;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.reader = reader;
    files.createFolders(folder);
    CachedAnswer kept = CachedAnswer.read(folder, name).orElse(null);
    if (kept != null) {
      try {
        reader.use(kept.text());
        answer = kept;
      } catch (UnreadableException e) {
        code = UNREADABLE;
      }
    }
  }

  synchronized void start(Question question) {
    worker = Worker.start(name, () -> refresh(question), PAUSES);
  }

  /** The hub has this version now, and can be reached. */
  synchronized void versionSeen(String version) {
    if (!version.equals(wanted) || hubFailed) {
      wanted = version;
      if (worker != null) {
        worker.wake();
      }
    }
  }

  @Nullable Instant fetchedAt() {
    CachedAnswer now = answer;
    return now == null ? null : now.fetchedAt();
  }

  String code() {
    return code;
  }

  /** Asks if there is a reason to. */
  Duration refresh(Question question) throws IOException, InterruptedException {
    String version = wanted;
    CachedAnswer before = answer;
    if (before != null && version.equals(fetched)) {
      Duration age = Duration.between(before.fetchedAt(), clock.instant());
      // A clock that was set back must not keep us from asking.
      if (!age.isNegative() && age.compareTo(REFRESH) < 0) {
        return REFRESH.minus(age);
      }
    }
    try {
      Deadline.whileMoving(SILENCE, bytesRead::get, () -> fetch(question, before));
      code = "";
      hubFailed = false;
      fetched = version;
      return version.equals(wanted) ? REFRESH : Duration.ZERO;
    } catch (UnreadableException e) {
      hubFailed = false;
      code = String.valueOf(e.getMessage());
      throw e;
    } catch (IOException e) {
      hubFailed = true;
      code = e instanceof HubException known ? known.code() : UNREACHABLE;
      throw e;
    }
  }

  private boolean fetch(Question question, @Nullable CachedAnswer before)
      throws IOException, InterruptedException {
    Instant asked = clock.instant();
    return switch (question.ask(before == null ? "" : before.etag())) {
      case HubExchange.Answer.Unchanged _ -> {
        if (before == null) {
          throw new UnreadableException(UNREADABLE);
        }
        answer = before.seenAt(asked);
        yield false;
      }
      case HubExchange.Answer.Changed changed -> {
        byte[] body;
        try (InputStream in = changed.body()) {
          body = read(in);
        }
        reader.use(new String(body, StandardCharsets.UTF_8));
        var next = new CachedAnswer(usable(changed.etag()), asked, body);
        next.write(folder, name, files);
        answer = next;
        yield true;
      }
    };
  }

  private byte[] read(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    var buffer = new byte[16 * 1024];
    int count;
    while ((count = in.read(buffer)) >= 0) {
      bytesRead.addAndGet(count);
      body.write(buffer, 0, count);
      if (body.size() > maxBytes) {
        throw new UnreadableException(TOO_LARGE);
      }
    }
    return body.toByteArray();
  }

  private static String usable(String etag) {
    boolean plain = etag.chars().allMatch(c -> c > ' ' && c <= '~');
    return plain && etag.length() <= LONGEST_ETAG ? etag : "";
  }

  @Override
  public synchronized void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
