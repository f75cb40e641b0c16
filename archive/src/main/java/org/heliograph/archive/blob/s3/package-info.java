/** Blobs as objects of a bucket, in any store that speaks the S3 protocol. */
@NullMarked
package org.heliograph.archive.blob.s3;

import org.jspecify.annotations.NullMarked;
