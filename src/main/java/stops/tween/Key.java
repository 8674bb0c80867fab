package stops.tween;

import stops.engine.ExactStops;

/**
 * A number of stops that is set for a frame.
 *
 * @param frame number of the frame
 * @param stops by how many stops it becomes brighter
 * @param ease the way to the next key
 */
public record Key(int frame, ExactStops stops, Ease ease) {}
