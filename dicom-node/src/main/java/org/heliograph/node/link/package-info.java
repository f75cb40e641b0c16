/** What a clinic gateway and the hub say to each other: JSON and resumable parts over HTTPS. */
@NullMarked
package org.heliograph.node.link;

import org.jspecify.annotations.NullMarked;
