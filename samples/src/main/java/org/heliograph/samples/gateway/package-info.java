/** Our programs as processes of their own, for the demo, the benchmark of the link and the soak. */
@NullMarked
package org.heliograph.samples.gateway;

import org.jspecify.annotations.NullMarked;
