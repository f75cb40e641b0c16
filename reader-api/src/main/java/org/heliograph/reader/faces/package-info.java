/** The viewer's built files, as the browser gets them. */
@NullMarked
package org.heliograph.reader.faces;

import org.jspecify.annotations.NullMarked;
