/**
 * The interface between callers that have samples and engines that convert them. A {@link
 * stops.engine.Conversion} describes the map, a {@link stops.engine.Chunk} the memory, and an
 * {@link stops.engine.Engine} applies the map to the memory.
 *
 * <p>API: programs that use Stops may rely on what is public here.
 */
@NullMarked
package stops.engine;

import org.jspecify.annotations.NullMarked;
