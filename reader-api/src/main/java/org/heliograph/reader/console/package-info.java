/** The operator's commands on what is stored: import, export, backup, restore. */
@NullMarked
package org.heliograph.reader.console;

import org.jspecify.annotations.NullMarked;
