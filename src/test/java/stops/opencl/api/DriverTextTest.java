package stops.opencl.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts from drivers contain no terminal controls, line ends or invalid characters. */
final class DriverTextTest {
  private static String of(String text) {
    return DriverText.of(text.getBytes(UTF_8));
  }

  @Test
  void blanksLineEndsAndNulBecomeOneLine() {
    assertEquals("GeForce GTX", of("  GeForce \r\n\t GTX \0\0"));
    assertEquals("", of(""));
    assertEquals("", of("\0name"));
    assertEquals("a", of("a\0b"));
  }

  @Test
  void whatSteersATerminalIsGone() {
    assertEquals("]0;title [2JOdd", of("\033]0;title\007\033[2JOdd"));
    assertEquals("31m red", of("\u009b31m\u202e red\u2028\ue000"));
  }

  @Test
  void namesInAnyScriptStay() {
    assertEquals("Grafik für Ärzte 显卡 🖥", of("Grafik für Ärzte\u00a0显卡 🖥"));
  }

  @Test
  void bytesThatAreNoTextAreMarked() {
    assertEquals("\ufffdx", DriverText.of(new byte[] {(byte) 0xff, 'x'}));
  }

  @Test
  void aShortenedTextEndsAtAWholeCharacter() {
    assertEquals("abc", DriverText.shortened("abc", 3));
    assertEquals("ab…", DriverText.shortened("abcd", 2));
    assertEquals("a…", DriverText.shortened("a🖥b", 2));
  }

  @Test
  void wordsMayStandTwice() {
    assertEquals(
        Set.of("cl_khr_fp64", "cl_khr_icd"),
        DriverText.words(of(" cl_khr_fp64  cl_khr_icd cl_khr_fp64 \n\0")));
    assertEquals(Set.of(), DriverText.words(""));
  }
}
