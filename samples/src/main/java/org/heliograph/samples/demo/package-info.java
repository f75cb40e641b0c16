/** {@code heliograph demo}: a hub with invented clinics, patients, X-rays, photos and accounts. */
@NullMarked
package org.heliograph.samples.demo;

import org.jspecify.annotations.NullMarked;
