package stops.opencl;

import stops.engine.Conversion;
import stops.math.Definition;

/**
 * A conversion with the constants that its kernels take as arguments, and the choice of kernel.
 *
 * @param conversion the conversion
 * @param definition its definition, the source of the constants
 * @param choice its kernel
 */
record BoundConversion(Conversion conversion, Definition definition, KernelChoice choice) {

  static BoundConversion of(Conversion conversion, KernelChoice choice) {
    return new BoundConversion(conversion, new Definition(conversion), choice);
  }
}
