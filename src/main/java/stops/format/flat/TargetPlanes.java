package stops.format.flat;

import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import stops.engine.SampleType;
import stops.image.Plane;
import stops.image.Strip;

/** Memory for the strips of a target: planes as the source has them, of the target's types. */
public final class TargetPlanes {
  private static final int ALIGNMENT_BYTES = 64;

  /** A plane of this size or more begins on a page, so that it can go to a disk from there. */
  private static final long LARGE_BYTES = 1L << 20;

  private static final int PAGE_BYTES = 4096;

  private TargetPlanes() {}

  /**
   * Planes to be filled for the strip {@code source}. A plane of interleaved channels has the
   * widest type of them.
   *
   * @param types the type of each channel of the part
   */
  public static Strip like(Strip source, List<SampleType> types, SegmentAllocator memory) {
    List<Plane> planes = new ArrayList<>();
    for (Plane plane : source.planes()) {
      SampleType type =
          widest(types.subList(plane.firstChannel(), plane.firstChannel() + plane.channels()));
      long bytes = plane.count() * type.bytes();
      planes.add(
          new Plane(
              plane.firstChannel(),
              plane.channels(),
              memory.allocate(bytes, bytes < LARGE_BYTES ? ALIGNMENT_BYTES : PAGE_BYTES),
              plane.count(),
              plane.rowSamples()));
    }
    return new Strip(source.index(), source.part(), source.window(), planes);
  }

  /** The widest of these types. */
  public static SampleType widest(List<SampleType> types) {
    return types.stream().max(Comparator.comparingInt(SampleType::bytes)).orElseThrow();
  }
}
