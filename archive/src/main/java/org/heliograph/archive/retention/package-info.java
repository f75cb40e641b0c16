/** How long instances are kept, and how they go: rules, holds, orders, removal. */
@org.jspecify.annotations.NullMarked
package org.heliograph.archive.retention;
