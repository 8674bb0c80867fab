package stops.image;

/**
 * Where a strip lies, which is known before it is read.
 *
 * @param part index of the part
 * @param window the pixels it covers, in the data window's coordinates (at level (0, 0))
 */
public record StripPlace(int part, Window window) {

  /** Whether the strip has a pixel of {@code region} of this part. */
  public boolean touches(int wanted, Window region) {
    return part == wanted && window.intersection(region).isPresent();
  }
}
