/** The clinics: who they are and by which AE titles they send. */
@NullMarked
package org.heliograph.reader.sites;

import org.jspecify.annotations.NullMarked;
