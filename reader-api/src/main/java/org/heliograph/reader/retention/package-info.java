/** The life of what is stored, as persons steer it: patients, rejection, removal, quotas. */
@org.jspecify.annotations.NullMarked
package org.heliograph.reader.retention;
