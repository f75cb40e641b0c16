@NullMarked
package org.heliograph.reader.intake.dimse;

import org.jspecify.annotations.NullMarked;
