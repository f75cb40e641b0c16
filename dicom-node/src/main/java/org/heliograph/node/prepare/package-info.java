/**
 * What a gateway does with an object between its spool and the link: it is verified, made smaller
 * without loss, shown in a preview, and packed into the parts of a parcel.
 */
@NullMarked
package org.heliograph.node.prepare;

import org.jspecify.annotations.NullMarked;
