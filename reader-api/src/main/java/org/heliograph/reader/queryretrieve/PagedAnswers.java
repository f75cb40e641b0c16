package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.heliograph.dicom.data.Dataset;
import org.springframework.dao.DataAccessException;

/** Answers of a query, page after page, each when the one before it has been looked at. */
public abstract class PagedAnswers implements Iterator<Dataset> {
  private final String source;
  private final Deque<Dataset> page = new ArrayDeque<>();
  private boolean ended;

  /**
   * @param source what does not answer when the database does not
   */
  protected PagedAnswers(String source) {
    this.source = source;
  }

  /** Reads the next page from the database and {@linkplain #take takes} it. */
  protected abstract void load();

  /** These come next. */
  protected final void take(List<Dataset> answers, boolean areLast) {
    page.addAll(answers);
    ended = areLast;
  }

  @Override
  public final boolean hasNext() {
    if (page.isEmpty() && !ended) {
      try {
        load();
      } catch (DataAccessException e) {
        throw new UncheckedIOException(new IOException(source + " does not answer", e));
      }
    }
    return !page.isEmpty();
  }

  @Override
  public final Dataset next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.removeFirst();
  }
}
