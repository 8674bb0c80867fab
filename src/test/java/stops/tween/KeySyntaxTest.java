package stops.tween;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.ExactStops;
import stops.image.ImageException;

/** Keys as people and spreadsheets write them. */
class KeySyntaxTest {
  @TempDir Path folder = Path.of("");

  private List<Key> read(String text) throws Exception {
    Path file = folder.resolve("keys.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return KeySyntax.read(file, Ease.LINEAR);
  }

  private String problem(String text) {
    String message = "" + assertThrows(ImageException.class, () -> read(text)).getMessage();
    assertTrue(message.startsWith(folder.resolve("keys.csv") + ": "), message);
    return message.substring(message.indexOf(": ") + 2);
  }

  private static Key key(int frame, String stops, Ease ease) {
    return new Key(frame, ExactStops.parse(stops), ease);
  }

  @Test
  void keysAreWords() {
    assertEquals(
        List.of(key(1001, "-5", Ease.SMOOTH), key(-3, "+1+1/3", Ease.HOLD)),
        KeySyntax.parse("1001:-5, -3 : 1+1/3 : Hold", Ease.SMOOTH));
    assertTrue(KeySyntax.isKeys("1001:-5"));
    assertFalse(KeySyntax.isKeys("keys.csv"));
    assertFalse(KeySyntax.isKeys("shot/1001-keys.csv"));
  }

  @Test
  void aWordThatIsNoKeyIsNamed() {
    for (String[] each :
        new String[][] {
          {"1:0,,3:0", "key 2, '', is not FRAME:STOPS or FRAME:STOPS:EASE, such as 1001:-5"},
          {"1:0,1.5:0", "key 2: '1.5' is no number of a frame"},
          {"1:nan", "key 1: 'nan' is no number of stops such as +1, -2/3, 1+1/3 or 0.97"},
          {"1:0:slow", "key 1: 'slow' is not one of linear, smooth, hold"},
          {"99999999999:0", "key 1: '99999999999' is no number of a frame"},
          {"1:1e300", "key 1: '1e300' is beyond 10000 stops"}
        }) {
      assertEquals(
          each[1],
          assertThrows(IllegalArgumentException.class, () -> KeySyntax.parse(each[0], Ease.LINEAR))
              .getMessage());
    }
  }

  @Test
  void aTableMayComeFromASpreadsheet() throws Exception {
    List<Key> keys = List.of(key(1001, "-5", Ease.LINEAR), key(1050, "1/3", Ease.HOLD));
    assertEquals(keys, read("1001,-5\n1050,1/3,hold\n"));
    assertEquals(keys, read("\uFEFFframe,stops,ease\r\n1001,-5,\r\n\r\n1050,+1/3,hold\r\n"));
    assertEquals(keys, read("# light desk\n 1001 , \"-5\"\n\"1050\",\"1/3\",\"HOLD\""));
    assertEquals(keys, read("note,Stops,frame,EASE\n\"a, \"\"b\"\"\",-5,1001\nx,1/3,1050,hold"));
  }

  @Test
  void whatIsWrongInATableIsSaidWithItsLineAndColumn() {
    assertEquals(
        "line 3, column 2 (stops): 'bright' is no number of stops such as +1, -2/3, 1+1/3 or 0.97",
        problem("frame,stops\n1,0\n2,bright\n"));
    assertEquals(
        "line 1, column 1 (frame): 'first' is no number of a frame", problem("first,0\n2,1\n"));
    assertEquals(
        "line 2, column 3 (ease): 'slow' is not one of linear, smooth, hold",
        problem("1,0\n2,1,slow"));
    assertTrue(problem("1,0,hold,5").startsWith("line 1, column 4: is one too many"));
    assertTrue(problem("1;0\n").startsWith("line 1, column 1: has semicolons"));
    assertTrue(problem("1,\"0").startsWith("line 1, column 2: has a quotation mark"));
    assertTrue(problem("frame,value\n1,0").startsWith("has no column stops"));
    assertTrue(problem("1,0\n1,2").startsWith("frame 1 has two keys, 0 and +2"));
    assertTrue(problem("# nothing\n").startsWith("there is no key"));
    assertTrue(problem("1," + "9".repeat(5000)).contains("more than 4096 characters"));
  }

  /** Memory is bounded by what is read, not by what a device has to offer. */
  @Test
  void aFileWithoutEndIsRefused() {
    ImageException e =
        assertThrows(ImageException.class, () -> KeySyntax.read(Path.of("/dev/zero"), Ease.HOLD));
    assertTrue(e.toString().contains("is larger than 16 MiB"), e.toString());
  }

  @Test
  void aCurveThatWasWrittenIsReadAsKeysOfTheSameCurve() throws Exception {
    Curve curve = Curve.of(KeySyntax.parse("1:-5,20:1/3:hold,33:2/7", Ease.SMOOTH));
    List<CurvePoint> points =
        IntStream.rangeClosed(-3, 40)
            .mapToObj(frame -> CurvePoint.of(frame, curve.at(frame)))
            .toList();
    Path file = folder.resolve("curve.csv");
    CurveFile.write(file, "", points, curve.keys());
    Curve again = Curve.of(KeySyntax.read(file, Ease.SMOOTH));
    for (CurvePoint point : points) {
      assertEquals(point.stops(), again.at(point.frame()));
    }
  }
}
