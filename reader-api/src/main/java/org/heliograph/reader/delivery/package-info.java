/** Signed reports on their way: filed in the study, put in the receiver's inbox, acknowledged. */
@NullMarked
package org.heliograph.reader.delivery;

import org.jspecify.annotations.NullMarked;
