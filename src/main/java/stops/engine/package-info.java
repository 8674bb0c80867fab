/**
 * The seam between what is converted and what converts it: a {@link stops.engine.Conversion} is a
 * value, a {@link stops.engine.Chunk} is memory, an {@link stops.engine.Engine} executes the one on
 * the other.
 *
 * <p>API: programs that use Stops may rely on what is public here.
 */
@NullMarked
package stops.engine;

import org.jspecify.annotations.NullMarked;
