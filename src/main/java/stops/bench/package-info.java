/**
 * Measures engines and devices, each path against its own limit. Every result is checked, and a
 * wrong result never becomes a figure.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.bench;

import org.jspecify.annotations.NullMarked;
