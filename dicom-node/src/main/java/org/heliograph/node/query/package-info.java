/** Query/Retrieve SCP behind the port StudyCatalog: C-FIND, C-MOVE, C-GET (PS3.4 Annex C). */
@NullMarked
package org.heliograph.node.query;

import org.jspecify.annotations.NullMarked;
