/** Whether the stored bytes are still those that were acknowledged. */
@NullMarked
package org.heliograph.archive.integrity;

import org.jspecify.annotations.NullMarked;
