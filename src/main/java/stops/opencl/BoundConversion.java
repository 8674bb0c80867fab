package stops.opencl;

import stops.engine.Conversion;
import stops.math.Definition;

/**
 * A conversion with the constants that its kernels take as arguments.
 *
 * @param conversion the conversion
 * @param definition its definition, the source of the constants
 */
record BoundConversion(Conversion conversion, Definition definition) {

  static BoundConversion of(Conversion conversion) {
    return new BoundConversion(conversion, new Definition(conversion));
  }
}
