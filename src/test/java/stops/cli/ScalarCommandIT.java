package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalarCommandIT {

  @Test
  void exposureOfAnIntensityIsItsBinaryLogarithm() throws Exception {
    assertEquals(
        new Program.Result(0, "-3.321928094887362\n", ""),
        Program.packaged().run("exposure", "0.1"));
  }

  @Test
  void intensityOfAnExposureIsAPowerOfTwo() throws Exception {
    assertEquals(new Program.Result(0, "1.0\n", ""), Program.packaged().run("intensity", "0"));
    assertEquals(new Program.Result(0, "4.0\n", ""), Program.packaged().run("intensity", "2"));
  }

  @Test
  void exposureOfZeroIsUndefinedAndExitsWithOne() throws Exception {
    Program.Result result = Program.packaged().run("exposure", "0");
    assertEquals(1, result.status());
    assertEquals("stops exposure: the exposure of zero intensity is undefined\n", result.err());
  }

  @Test
  void negativeIntensityIsClampedWithAWarning() throws Exception {
    assertEquals(
        new Program.Result(
            0,
            "-1073.0\n",
            "stops exposure: warning: negative intensity -5.0 is clamped to 1e-323\n"),
        Program.packaged().run("exposure", "-5"));
  }

  @Test
  void listsAndStandardInputGiveALineForEachNumber() throws Exception {
    assertEquals("0.0\n1.0\n3.0\n", Program.packaged().run("exposure", "1", "2", "8").out());
    assertEquals("0.0\n1.0\n3.0\n", Program.packaged().reading("1 2\n\n8\n").run("exposure").out());
  }

  @Test
  void zeroInAListKeepsItsLine() throws Exception {
    Program.Result result = Program.packaged().run("exposure", "1", "0", "4");
    assertEquals("0.0\nundefined\n2.0\n", result.out());
    assertEquals(1, result.status());
  }

  @Test
  void whatIsNotANumberIsSaidInOneLine() throws Exception {
    Program.Result argument = Program.packaged().run("exposure", "1", "two");
    assertEquals(2, argument.status());
    assertEquals(1, argument.err().lines().count());
    assertTrue(argument.err().contains("\"two\""), argument.err());
    Program.Result input = Program.packaged().reading("1\n2 x\n").run("intensity");
    assertEquals(3, input.status());
    assertTrue(input.err().contains("line 2"), input.err());
  }

  @Test
  void numbersWithoutEndStopWhenNobodyTakesTheAnswers(@TempDir Path folder) throws Exception {
    Program.Result result =
        new Shell(folder)
            .run(
                "yes 1 2>/dev/null | { \"$0\" exposure; echo $? >status; } | head -n 1; cat status");
    assertEquals("0.0\n4\n", result.out());
    assertEquals("stops: standard output cannot be written: Broken pipe\n", result.err());
  }

  @Test
  void jsonHoldsInputAndResult() throws Exception {
    Program.Result result = Program.packaged().run("exposure", "--json", "8", "-5", "0");
    assertEquals(1, result.status());
    String json = result.out().replaceAll("\\s", "");
    assertEquals(
        "{\"results\":[{\"input\":8.0,\"exposure\":3.0},"
            + "{\"input\":-5.0,\"exposure\":-1073.0,\"clamped\":true},"
            + "{\"input\":0.0,\"undefined\":true}]}",
        json);
  }

  @Test
  void overflowAndUnderflowAreSaid() throws Exception {
    Program.Result large = Program.packaged().run("intensity", "1024");
    assertEquals("Infinity\n", large.out());
    assertTrue(large.err().contains("too large"), large.err());
    Program.Result small = Program.packaged().run("intensity", "-1076");
    assertEquals("0.0\n", small.out());
    assertTrue(small.err().contains("too small"), small.err());
  }
}
