package org.heliograph.node.mpps;

import java.io.IOException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.query.QueryCaller;

/**
 * Keeps performed procedure steps: the hub's orders. Called on the threads of associations, many at
 * once; when a method returns, what it was told is durable.
 */
public interface ProcedureStepSink {
  /**
   * Keeps a step that has begun.
   *
   * @throws DimseException {@code 0111} a step of this UID exists, {@code 0124} the caller may not
   * @throws IOException it cannot be kept now, worth another try
   */
  void create(QueryCaller caller, SopInstanceUid step, Dataset attributes) throws IOException;

  /**
   * Changes a step; nobody else changes it meanwhile.
   *
   * @throws DimseException {@code 0112} the caller has no such step, {@code 0124} the caller may
   *     not, or what the change throws
   * @throws IOException it cannot be kept now, worth another try
   */
  void change(QueryCaller caller, SopInstanceUid step, Change change) throws IOException;

  /** What becomes of a step. */
  @FunctionalInterface
  interface Change {
    /**
     * The attributes after the change.
     *
     * @throws DimseException the step may not be changed so
     */
    Dataset apply(Dataset current) throws DimseException;
  }
}
