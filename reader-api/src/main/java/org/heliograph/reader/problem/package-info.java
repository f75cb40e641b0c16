/** Every error that a user or an operator can meet: its code, its words, its way out. */
@NullMarked
package org.heliograph.reader.problem;

import org.jspecify.annotations.NullMarked;
