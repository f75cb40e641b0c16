/** Long runs under faults, of real processes; too long for the build. */
@NullMarked
package org.heliograph.samples.soak;

import org.jspecify.annotations.NullMarked;
