package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.Program;

/** The kernels for devices without double precision use none, not even by name. */
final class KernelSourceTest {
  /** Makes each name of a type of doubles, and of a conversion to it, an error. */
  private static final String NO_DOUBLES =
      Stream.of("", "2", "4", "8", "16")
          .flatMap(
              lanes -> Stream.of("", "as_", "convert_").map(before -> before + "double" + lanes))
          .map(name -> "#define " + name + " no double precision\n")
          .collect(Collectors.joining());

  @Test
  void thatWithoutDoublesCompilesWhereThereAreNone() throws Exception {
    OpenCl openCl = TestDevice.openCl();
    OpenClDevice device = TestDevice.of(openCl);
    List<Conversion> compiled = new ArrayList<>();
    try (Context context = Context.create(openCl.usable(device))) {
      for (Direction direction : Direction.MAPS) {
        for (SampleType source : SampleType.values()) {
          for (SampleType target : SampleType.values()) {
            for (double gain : new double[] {0, 1}) {
              Conversion conversion =
                  new Conversion(direction, source, target, gain, ZeroPolicy.INF);
              compile(context, conversion, Arithmetic.PAIRS, device);
              compile(context, conversion, Arithmetic.INTEGER, device);
              compiled.add(conversion);
            }
          }
        }
      }
      if (device.fp64()) {
        assertThrows(
            ClException.class,
            () -> compile(context, compiled.getFirst(), Arithmetic.FP64, device));
      }
    }
    assertEquals(2 * 9 * 2, compiled.size());
  }

  private static void compile(
      Context context, Conversion conversion, Arithmetic arithmetic, OpenClDevice device)
      throws ClException {
    Variant variant =
        Variant.of(conversion, KernelChoice.preferred(device, arithmetic), false, false, true);
    Program.compile(context, NO_DOUBLES + KernelSource.read(arithmetic), variant.options());
  }
}
