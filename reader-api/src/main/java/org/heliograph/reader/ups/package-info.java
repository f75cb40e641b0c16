/**
 * UPS-RS: cases that wait for a reader, and tasks of external programs, as workitems (PS3.18
 * section 11, PS3.4 Annex CC), and event reports of their changes.
 */
@NullMarked
package org.heliograph.reader.ups;

import org.jspecify.annotations.NullMarked;
