package stops.image;

import java.lang.foreign.MemorySegment;

/**
 * Packed little-endian samples of one channel, or of several neighbouring ones interleaved, inside
 * a {@link Strip}: row by row, top to bottom, left to right.
 *
 * @param firstChannel index of its first channel in the part
 * @param channels how many channels are interleaved; all have the same type, and no subsampling if
 *     more than one
 * @param samples the memory, {@code count} samples long
 * @param count how many samples, all channels together
 * @param rowSamples how many samples in a row, all channels together
 */
public record Plane(
    int firstChannel, int channels, MemorySegment samples, long count, long rowSamples) {}
