/**
 * Measures engines and devices, each path against its own limit. Every result is checked, and a
 * wrong result never becomes a figure.
 */
@NullMarked
package stops.bench;

import org.jspecify.annotations.NullMarked;
