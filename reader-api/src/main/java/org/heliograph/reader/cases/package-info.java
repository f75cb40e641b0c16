/** Cases: one clinic's question with its pictures, its append-only history and who may see it. */
@NullMarked
package org.heliograph.reader.cases;

import org.jspecify.annotations.NullMarked;
