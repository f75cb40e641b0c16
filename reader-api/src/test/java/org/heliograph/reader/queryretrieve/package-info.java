@NullMarked
package org.heliograph.reader.queryretrieve;

import org.jspecify.annotations.NullMarked;
