package org.heliograph.dicom.net.dimse;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A request of the DIMSE-N services (PS3.7 Section 10.1), as an SCP's handler gets it. Data sets
 * are never shown by {@code toString}.
 */
public sealed interface NormalizedRequest {
  /** Who asks, and in which context. */
  Invocation invocation();

  /** The SOP class of the instance; that of the context, or one that the context stands for. */
  SopClassUid sopClass();

  /**
   * N-CREATE (10.1.5).
   *
   * @param sopInstance the UID that the peer wishes, or null: then the SCP makes one
   * @param attributes the Attribute List, may be empty
   */
  record Create(
      Invocation invocation,
      SopClassUid sopClass,
      @Nullable SopInstanceUid sopInstance,
      Dataset attributes)
      implements NormalizedRequest {
    @Override
    public String toString() {
      return "Create[]";
    }
  }

  /** N-SET (10.1.3). */
  record Set(
      Invocation invocation,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      Dataset modifications)
      implements NormalizedRequest {
    @Override
    public String toString() {
      return "Set[]";
    }
  }

  /**
   * N-GET (10.1.2).
   *
   * @param attributes tags of the Attribute Identifier List; empty means all
   */
  record Get(
      Invocation invocation,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      List<Integer> attributes)
      implements NormalizedRequest {
    public Get {
      attributes = List.copyOf(attributes);
    }

    @Override
    public String toString() {
      return "Get[]";
    }
  }

  /**
   * N-ACTION (10.1.4).
   *
   * @param actionType Action Type ID (0000,1008)
   */
  record Action(
      Invocation invocation,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      int actionType,
      Dataset information)
      implements NormalizedRequest {
    @Override
    public String toString() {
      return "Action[" + actionType + "]";
    }
  }

  /**
   * N-EVENT-REPORT (10.1.1), the one that an SCP sends to an SCU.
   *
   * @param eventType Event Type ID (0000,1002)
   */
  record EventReport(
      Invocation invocation,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      int eventType,
      Dataset information)
      implements NormalizedRequest {
    @Override
    public String toString() {
      return "EventReport[" + eventType + "]";
    }
  }

  /** N-DELETE (10.1.6). */
  record Delete(Invocation invocation, SopClassUid sopClass, SopInstanceUid sopInstance)
      implements NormalizedRequest {
    @Override
    public String toString() {
      return "Delete[]";
    }
  }
}
