/** Storage Commitment Push Model as SCP (PS3.4 Annex J). */
@NullMarked
package org.heliograph.node.commitment;

import org.jspecify.annotations.NullMarked;
