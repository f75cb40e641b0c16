/** Modality Worklist SCP behind the port WorklistSource (PS3.4 Annex K). */
@NullMarked
package org.heliograph.node.worklist;

import org.jspecify.annotations.NullMarked;
