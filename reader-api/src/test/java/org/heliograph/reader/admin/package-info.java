@NullMarked
package org.heliograph.reader.admin;

import org.jspecify.annotations.NullMarked;
