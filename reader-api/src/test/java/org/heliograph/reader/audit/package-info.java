/** The audit trail. */
@NullMarked
package org.heliograph.reader.audit;

import org.jspecify.annotations.NullMarked;
