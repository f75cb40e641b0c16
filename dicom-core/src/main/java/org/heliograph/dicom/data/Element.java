package org.heliograph.dicom.data;

/** A data element (PS3.5 Section 7.1). Immutable; {@code toString()} shows no content. */
public sealed interface Element
    permits ValueElement, SequenceElement, BulkElement, EncapsulatedElement {
  int tag();

  Vr vr();
}
