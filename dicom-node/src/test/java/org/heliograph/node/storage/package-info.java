/** Tests of the Storage SCP, with scripted and with real peers. */
@NullMarked
package org.heliograph.node.storage;

import org.jspecify.annotations.NullMarked;
