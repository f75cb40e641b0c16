/** HL7 v2 orders by MLLP: what is received, applied, acknowledged, or kept for a person. */
@NullMarked
package org.heliograph.reader.hl7;

import org.jspecify.annotations.NullMarked;
