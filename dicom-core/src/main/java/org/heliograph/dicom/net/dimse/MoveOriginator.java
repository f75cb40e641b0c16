package org.heliograph.dicom.net.dimse;

import org.heliograph.dicom.data.AeTitle;

/**
 * Whose C-MOVE a C-STORE is a sub-operation of (PS3.7 9.1.1.1).
 *
 * @param aeTitle Move Originator Application Entity Title (0000,1030)
 * @param messageId Move Originator Message ID (0000,1031), 16 bits
 */
public record MoveOriginator(AeTitle aeTitle, int messageId) {}
