package stops.image;

import java.util.List;

/**
 * A rectangle of one part: the unit in which files are read, converted and written. Together the
 * strips of a source cover every sample of the file once.
 *
 * @param index number of the strip in its source, from 0
 * @param part index of the part
 * @param window the pixels it covers, in the data window's coordinates (at level (0, 0))
 * @param planes every channel of the part exactly once, in order
 */
public record Strip(int index, int part, Window window, List<Plane> planes) {}
