package org.heliograph.archive.render;

import java.io.IOException;

/** All decoders have been busy for too long; the same request may be made again later. */
public final class RenderingBusyException extends IOException {
  RenderingBusyException(long waitedSeconds) {
    super("no decoder became free within " + waitedSeconds + " s");
  }
}
