/**
 * The readers' worklist: by deadline, taken under a lease, returned with a question or a reason.
 */
@NullMarked
package org.heliograph.reader.worklist;

import org.jspecify.annotations.NullMarked;
