/**
 * The modality worklist: scheduled procedure steps of cases and of orders, and what modalities say
 * they performed.
 */
@NullMarked
package org.heliograph.reader.orders;

import org.jspecify.annotations.NullMarked;
