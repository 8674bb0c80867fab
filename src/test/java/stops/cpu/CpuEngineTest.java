package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import stops.Command;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;

class CpuEngineTest {
  @Test
  void usesVectorsWhereTheModuleIsThere() {
    assertEquals("VECTOR_CPU []", describe());
  }

  @Test
  void isScalarWhereTheModuleIsAbsentAndSaysWhatToDo() throws Exception {
    assertEquals(
        "SCALAR_CPU [Java runs without its vectors:"
            + " start it with --add-modules jdk.incubator.vector]",
        withoutModule("-Dstops.plain=false"));
  }

  @Test
  void saysSoWhereTheModuleIsAbsentOnPurpose() throws Exception {
    assertEquals(
        "SCALAR_CPU [plain code, since it is ready at once]", withoutModule("-Dstops.plain=true"));
  }

  private static String withoutModule(String option) throws Exception {
    return Command.java(List.of(option), CpuEngineTest.class).output().strip();
  }

  /**
   * Runs in a JVM without the Vector API: converts every pairing of types, then prints the engine's
   * description.
   */
  public static void main(String[] arguments) throws Exception {
    try (Engine engine = CpuEngine.create().engine()) {
      for (SampleType source : SampleType.values()) {
        for (SampleType target : SampleType.values()) {
          int samples = 1 << 17;
          engine.convert(
              Conversion.of(Direction.TO_EXPOSURE, source, target),
              Chunk.of(
                  Arena.global().allocate((long) samples * source.bytes()),
                  Arena.global().allocate((long) samples * target.bytes()),
                  samples));
        }
      }
    }
    System.out.println(describe());
  }

  private static String describe() {
    CpuEngine cpu = CpuEngine.create();
    EngineInfo.Kind kind = cpu.engine().info().kind();
    return kind + " " + cpu.whyScalar().stream().toList();
  }
}
