package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import stops.engine.EngineInfo;

class CpuEngineTest {
  @Test
  void usesVectorsWhereTheModuleIsThere() {
    assertEquals("VECTOR_CPU []", describe());
  }

  @Test
  void isScalarWhereTheModuleIsAbsentAndSaysWhatToDo() throws Exception {
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    CpuEngineTest.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(java.waitFor(1, TimeUnit.MINUTES));
    assertEquals(
        "SCALAR_CPU [Java runs without its vectors:"
            + " start it with --add-modules jdk.incubator.vector]",
        output.strip());
    assertEquals(0, java.exitValue());
  }

  /** What a JVM started without the module runs. */
  public static void main(String[] arguments) {
    System.out.println(describe());
  }

  private static String describe() {
    CpuEngine cpu = CpuEngine.create();
    EngineInfo.Kind kind = cpu.engine().info().kind();
    return kind + " " + cpu.whyScalar().stream().toList();
  }
}
