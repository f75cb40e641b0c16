/** X-ray phantoms: attenuation paths of modelled anatomy, exposed to a noisy detector. */
@NullMarked
package org.heliograph.samples.xray;

import org.jspecify.annotations.NullMarked;
