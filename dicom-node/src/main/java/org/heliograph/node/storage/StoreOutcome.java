package org.heliograph.node.storage;

/** What became of an instance, as the C-STORE response tells the sender (PS3.4 Annex B.2.3). */
public sealed interface StoreOutcome {
  /** The longest Error Comment (0000,0902) the standard allows. */
  int MAX_COMMENT_LENGTH = 64;

  /**
   * A short text from the sink's own code table, never an exception's message; sent as Error
   * Comment if not empty.
   */
  String comment();

  /** Durable for the first time: 0000H. */
  record Stored() implements StoreOutcome {
    @Override
    public String comment() {
      return "";
    }
  }

  /** The same bytes were durable before: 0000H. */
  record AlreadyStored() implements StoreOutcome {
    @Override
    public String comment() {
      return "";
    }
  }

  /** Kept, but apart for a person to look at: warning B000H. */
  record Quarantined(String comment) implements StoreOutcome {
    public Quarantined {
      checkComment(comment);
    }
  }

  /** Not kept, the sender should try again later: A700H. */
  record OutOfResources(String comment) implements StoreOutcome {
    public OutOfResources {
      checkComment(comment);
    }
  }

  /** Not kept, the data set is not of the class or instance that the request names: A900H. */
  record DoesNotMatchSopClass(String comment) implements StoreOutcome {
    public DoesNotMatchSopClass {
      checkComment(comment);
    }
  }

  /** Not kept, the sender has not the right to store: 0124H. */
  record NotAllowed(String comment) implements StoreOutcome {
    public NotAllowed {
      checkComment(comment);
    }
  }

  /** Not kept, the data set cannot be read: C000H. */
  record CannotUnderstand(String comment) implements StoreOutcome {
    public CannotUnderstand {
      checkComment(comment);
    }
  }

  private static void checkComment(String comment) {
    if (comment.length() > MAX_COMMENT_LENGTH) {
      throw new IllegalArgumentException(
          "comment is longer than " + MAX_COMMENT_LENGTH + " characters");
    }
  }
}
