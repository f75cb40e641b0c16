package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.jspecify.annotations.Nullable;

/**
 * The results of one C-FIND as they come (PS3.4 C.4.1.2). Nothing is read from the peer before it
 * is asked for, so a slow reader slows the peer. For the thread of the association.
 */
public final class FindResults implements AutoCloseable {
  private final ScuAssociation association;
  private final AcceptedContext context;
  private @Nullable DimseStatus last;
  private boolean broken;
  private boolean cancelled;

  FindResults(ScuAssociation association, AcceptedContext context) {
    this.association = association;
    this.context = context;
  }

  /**
   * The next match, or null after the last: then {@link #status} tells how the query ended.
   *
   * @throws IOException if the association broke, or no response came in time
   */
  public @Nullable Match next() throws IOException {
    if (last != null) {
      return null;
    }
    try {
      return read();
    } catch (IOException | RuntimeException e) {
      broken = true;
      association.end();
      throw e;
    }
  }

  private @Nullable Match read() throws IOException {
    var message = association.next();
    var status = association.status(message, Operation.C_FIND);
    if (!status.isPending()) {
      association.messages().skipDataset(message);
      last = status;
      association.end();
      return null;
    }
    if (!message.command().hasDataSet()) {
      throw association.violation("a match without identifier");
    }
    Dataset identifier = association.dataset(message);
    return new Match(
        identifier,
        status.code() == DimseStatus.PENDING_OPTIONAL_KEYS_NOT_SUPPORTED.code()
            ? Match.OptionalKeys.NOT_ALL_SUPPORTED
            : Match.OptionalKeys.SUPPORTED);
  }

  /** Sends C-CANCEL once; matches that are under way still come, then the final status. */
  public void cancel() throws IOException {
    if (last == null && !cancelled && !broken) {
      cancelled = true;
      association.cancel(context);
    }
  }

  /**
   * How the query ended: success, cancel or a failure.
   *
   * @throws IllegalStateException before {@link #next} gave null
   */
  public DimseStatus status() {
    if (last == null) {
      throw new IllegalStateException("the query is not at its end");
    }
    return last;
  }

  /**
   * The identifiers that are left, as a stream to be closed; throws {@link UncheckedIOException},
   * also with a {@link DimseException} if the query ends with a failure.
   */
  public Stream<Dataset> stream() {
    var each =
        new Spliterators.AbstractSpliterator<Dataset>(
            Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
          @Override
          public boolean tryAdvance(Consumer<? super Dataset> action) {
            try {
              var match = next();
              if (match == null) {
                if (status().category() == DimseStatus.Category.FAILURE) {
                  throw new DimseException(status());
                }
                return false;
              }
              action.accept(match.identifier());
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    return StreamSupport.stream(each, false)
        .onClose(() -> {
          try {
            close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Cancels a query that is not at its end and waits for its final response. */
  @Override
  public void close() throws IOException {
    if (last == null && !broken) {
      cancel();
      while (next() != null) {
        // was under way when the peer read our cancel
      }
    }
  }
}
