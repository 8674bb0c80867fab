package stops.cpu;

import stops.engine.SampleType;

/**
 * The exposures whose intensity is neither 0 nor infinite in a target type.
 *
 * @param underflow the greatest exposure, in stops, whose intensity rounds to 0
 * @param overflow the least exposure, in stops, whose intensity rounds to infinity
 */
record IntensityRange(float underflow, float overflow) {

  /** The range of {@code target}, float16 or float32. */
  static IntensityRange of(SampleType target) {
    return target == SampleType.FLOAT16
        ? new IntensityRange(-25, 0x1.fffd1ep3f)
        : new IntensityRange(-150, 128);
  }
}
