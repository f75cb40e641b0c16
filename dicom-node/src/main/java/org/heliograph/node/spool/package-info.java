/**
 * What a gateway keeps until the hub has confirmed it: plain files, and a journal that says how far
 * each has come.
 */
@NullMarked
package org.heliograph.node.spool;

import org.jspecify.annotations.NullMarked;
