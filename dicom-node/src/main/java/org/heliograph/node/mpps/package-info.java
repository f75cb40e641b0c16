/** Modality Performed Procedure Step SCP behind the port ProcedureStepSink (PS3.4 Annex F). */
@NullMarked
package org.heliograph.node.mpps;

import org.jspecify.annotations.NullMarked;
