/**
 * The seam between what is converted and what converts it: a {@link stops.engine.Conversion} is a
 * value, a {@link stops.engine.Chunk} is memory, an {@link stops.engine.Engine} executes the one on
 * the other.
 */
@NullMarked
package stops.engine;

import org.jspecify.annotations.NullMarked;
