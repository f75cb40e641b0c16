/** Command line administration against a running or stopped hub. */
@NullMarked
package org.heliograph.reader.admin;

import org.jspecify.annotations.NullMarked;
