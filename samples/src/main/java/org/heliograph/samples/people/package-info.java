/** Invented patients from many countries. */
@NullMarked
package org.heliograph.samples.people;

import org.jspecify.annotations.NullMarked;
