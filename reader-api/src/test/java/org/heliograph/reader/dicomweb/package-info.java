@NullMarked
package org.heliograph.reader.dicomweb;

import org.jspecify.annotations.NullMarked;
