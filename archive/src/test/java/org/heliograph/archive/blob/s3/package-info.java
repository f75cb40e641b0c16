@NullMarked
package org.heliograph.archive.blob.s3;

import org.jspecify.annotations.NullMarked;
