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
public record Strip(int index, int part, Window window, List<Plane> planes) {

  /** The plane with the channel {@code channel} of the part. Finds it in few steps. */
  public Plane planeOf(int channel) {
    int low = 0;
    int high = planes.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (planes.get(middle).firstChannel() <= channel) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (high >= 0) {
      int within = channel - planes.get(low).firstChannel();
      if (within >= 0 && within < planes.get(low).channels()) {
        return planes.get(low);
      }
    }
    throw new IllegalArgumentException("no plane has channel " + channel);
  }
}
