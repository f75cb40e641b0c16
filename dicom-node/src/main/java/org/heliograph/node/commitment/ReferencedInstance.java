package org.heliograph.node.commitment;

import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;

/** An instance as a request names it: Referenced SOP Class and Instance UID. */
public record ReferencedInstance(SopClassUid sopClass, SopInstanceUid sopInstance) {}
