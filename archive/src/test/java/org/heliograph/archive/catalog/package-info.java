@NullMarked
package org.heliograph.archive.catalog;

import org.jspecify.annotations.NullMarked;
