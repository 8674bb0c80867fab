package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.jocl.CL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.cache.PrivateFolder;
import stops.engine.Engine;
import stops.opencl.api.Answer;
import stops.opencl.api.JoclCl;

/** The user may choose what kernels compute with, and reads which arithmetic that is. */
final class ArithmeticTest {
  @AfterEach
  void forget() {
    System.clearProperty(EngineOptions.ARITHMETIC);
  }

  @ParameterizedTest
  @CsvSource({"fp64,FP64", "pairs,PAIRS", "integer,INTEGER"})
  void thePropertyLeavesOneArithmetic(String name, Arithmetic arithmetic) {
    System.setProperty(EngineOptions.ARITHMETIC, name);
    assertEquals(List.of(arithmetic), EngineOptions.standard().arithmetics());
  }

  @Test
  void anUnknownNameIsRefusedWithAllNames() {
    System.setProperty(EngineOptions.ARITHMETIC, "fp32");
    assertEquals(
        "the system property stops.opencl.arithmetic: fp32 is none of the arithmetics fp64, pairs,"
            + " integer",
        assertThrows(SettingException.class, EngineOptions::standard).getMessage());
  }

  /** Mesa's llvmpipe is such a device. */
  @Test
  void aCpuWithoutDoublePrecisionComputesWithIntegersUnlessPairsAreAskedFor(@TempDir Path folder)
      throws Exception {
    TestDevice.openCl();
    FaultyCl faulty = new FaultyCl(new JoclCl());
    faulty.set((ordinal, call, arguments, proceed) ->
        call.equals("clGetDeviceInfo") && (int) arguments[1] == CL.CL_DEVICE_DOUBLE_FP_CONFIG
            ? Answer.of(0, () -> new byte[Long.BYTES])
            : proceed.call());
    OpenCl openCl = OpenCl.probe(faulty.cl());
    PrivateFolder cache = new PrivateFolder(folder);
    List<Arithmetic> all = List.of(Arithmetic.values());
    for (List<Arithmetic> allowed : List.of(all, List.of(Arithmetic.PAIRS))) {
      EngineOptions options = new EngineOptions(1, 0, allowed, true, true, "", cache);
      Arithmetic used = allowed.equals(all) ? Arithmetic.INTEGER : Arithmetic.PAIRS;
      try (Engine engine = openCl.open(TestDevice.find(openCl).orElseThrow(), options)) {
        String detail = engine.info().detail();
        assertTrue(detail.endsWith(", " + used.description()), detail);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PAIRS", "INTEGER"})
  void theEngineSaysWhatItComputesWith(Arithmetic arithmetic) throws Exception {
    try (Engine engine =
        TestDevice.open(TestDevice.options(1, 0, arithmetic, true, TestDevice.cache()))) {
      String detail = engine.info().detail();
      assertTrue(detail.endsWith(", " + arithmetic.description()), detail);
    }
  }
}
