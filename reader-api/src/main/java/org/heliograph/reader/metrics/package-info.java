/**
 * What an operator watches: histograms of the hub's work, the age of what waits, and an alarm when
 * something waits too long. No label holds a name, a UID or anything else of patients.
 */
@NullMarked
package org.heliograph.reader.metrics;

import org.jspecify.annotations.NullMarked;
