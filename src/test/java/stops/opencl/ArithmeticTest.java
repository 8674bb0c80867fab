package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.Engine;

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
