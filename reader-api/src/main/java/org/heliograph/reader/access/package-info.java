/** People, their roles, sign-in and the session. */
@NullMarked
package org.heliograph.reader.access;

import org.jspecify.annotations.NullMarked;
