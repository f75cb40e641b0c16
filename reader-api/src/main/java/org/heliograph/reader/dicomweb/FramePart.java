package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.InputStream;

/** A part that is opened when it is its turn. */
record FramePart(String contentType, long byteCount, Opening opening)
    implements MultipartRelated.Part {
  /** Opens the bytes. */
  interface Opening {
    InputStream open() throws IOException;
  }

  @Override
  public MultipartRelated.Source open() throws IOException {
    return MultipartRelated.Source.of(opening.open());
  }
}
