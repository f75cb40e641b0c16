@NullMarked
package org.heliograph.samples.demo;

import org.jspecify.annotations.NullMarked;
