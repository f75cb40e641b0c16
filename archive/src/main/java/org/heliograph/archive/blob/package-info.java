/** Bytes under keys of our own: durable, never overwritten, read whole or in ranges. */
@NullMarked
package org.heliograph.archive.blob;

import org.jspecify.annotations.NullMarked;
