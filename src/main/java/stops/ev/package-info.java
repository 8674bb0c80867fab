/**
 * Exposure settings of cameras, exposure values, and the light that they stand for.
 *
 * <p>A shutter time {@code t} in seconds and an f-number {@code N} have the exposure value {@code
 * EV = log2(N² / t)}, whatever the sensitivity. The light level that ISO {@code S} exposes
 * correctly with them is {@code EV100 = EV − log2(S / 100)}.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.ev;

import org.jspecify.annotations.NullMarked;
