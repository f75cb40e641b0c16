/** What breaks in the field, done to a running hub: its database, its disk, its links, itself. */
@NullMarked
package org.heliograph.reader.faults;

import org.jspecify.annotations.NullMarked;
