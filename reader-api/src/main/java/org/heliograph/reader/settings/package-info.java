/** Where the hub keeps its files. */
@NullMarked
package org.heliograph.reader.settings;

import org.jspecify.annotations.NullMarked;
