/** How much of the storage each site has used, and what it may use. */
@org.jspecify.annotations.NullMarked
package org.heliograph.archive.quota;
