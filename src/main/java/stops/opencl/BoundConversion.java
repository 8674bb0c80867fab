package stops.opencl;

import stops.engine.Conversion;
import stops.math.Definition;

/**
 * A conversion and what its kernels need to know of it.
 *
 * @param conversion what is to be done
 * @param definition what it means
 */
record BoundConversion(Conversion conversion, Definition definition) {

  static BoundConversion of(Conversion conversion) {
    return new BoundConversion(conversion, new Definition(conversion));
  }
}
