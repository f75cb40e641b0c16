/** Storage SCP and verification behind the port InstanceSink (PS3.4 Annex B). */
@NullMarked
package org.heliograph.node.storage;

import org.jspecify.annotations.NullMarked;
