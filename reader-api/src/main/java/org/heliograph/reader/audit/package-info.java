/** Who saw or changed what, when and from where (PS3.15 A.5): append-only. */
@NullMarked
package org.heliograph.reader.audit;

import org.jspecify.annotations.NullMarked;
