package stops.tween;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stops.engine.ExactStops;

/** A curve meets its keys and never leaves what lies between them. */
class CurveTest {

  private static Curve curve(String keys, Ease ease) {
    return Curve.of(KeySyntax.parse(keys, ease));
  }

  private static String at(Curve curve, int frame) {
    return curve.at(frame).toString();
  }

  @Test
  void stopsChangeEvenlyAndTheNearestKeyHoldsOutside() {
    Curve curve = curve("1001:-5,1051:0,1101:+5", Ease.LINEAR);
    assertEquals("-5", at(curve, 1));
    assertEquals("-5", at(curve, 1001));
    assertEquals("-4.9", at(curve, 1002));
    assertEquals("0", at(curve, 1051));
    assertEquals("+0.1", at(curve, 1052));
    assertEquals("+5", at(curve, 1101));
    assertEquals("+5", at(curve, Integer.MAX_VALUE));
  }

  @Test
  void keysAreExactAndWhatLiesBetweenIsRoundedToTheNearestMillionth() {
    Curve curve = curve("0:1/3,3:2/3", Ease.LINEAR);
    assertEquals("+1/3", at(curve, 0));
    assertEquals("+0.444444", at(curve, 1));
    assertEquals("+0.555556", at(curve, 2));
    assertEquals("+2/3", at(curve, 3));
    assertEquals("+0.000002", at(curve("0:0.000001,2:0.000004", Ease.LINEAR), 1), "half to even");
  }

  @Test
  void aKeyThatHoldsJumpsAtTheNextOne() {
    Curve curve = curve("1:-2:hold,5:1/3:hold,7:4", Ease.LINEAR);
    assertEquals(
        List.of("-2", "-2", "-2", "-2", "+1/3", "+1/3", "+4", "+4"),
        IntStream.rangeClosed(1, 8).mapToObj(frame -> at(curve, frame)).toList());
  }

  @Test
  void twoSmoothKeysEaseInAndOut() {
    Curve curve = curve("0:0,100:1", Ease.SMOOTH);
    for (int frame = 0; frame <= 100; frame++) {
      double t = frame / 100.0;
      assertEquals(t * t * (3 - 2 * t), curve.at(frame).high(), 5.1e-7, "frame " + frame);
    }
  }

  @Test
  void aSmoothPartMeetsAStraightOneWithoutACorner() {
    Curve curve = curve("0:0:linear,100:1:smooth,200:2:linear,300:3", Ease.LINEAR);
    for (int frame = 100; frame <= 200; frame++) {
      assertEquals(frame / 100.0, curve.at(frame).high(), 5.1e-7, "frame " + frame);
    }
    Curve bent = curve("0:0:linear,100:1:smooth,200:1.5", Ease.LINEAR);
    assertEquals(0.01, bent.at(101).high() - 1, 1e-3);
  }

  /** Ease, distance and stops of keys at random, also with more decimals than a curve has. */
  @Test
  void noCurveOvershootsOrTurnsBetweenKeys() {
    Random random = new Random(90);
    for (int run = 0; run < 300; run++) {
      List<Key> keys = new ArrayList<>();
      int frame = random.nextInt(-50, 50);
      for (int i = 0; i < 8; i++) {
        keys.add(
            new Key(
                frame,
                random.nextInt(4) == 0
                    ? ExactStops.parse(random.nextInt(-9, 9) + "/7")
                    : ExactStops.parse(
                        String.format(Locale.ROOT, "%.8f", random.nextGaussian() * 3)),
                Ease.values()[random.nextInt(3)]));
        frame += 1 + random.nextInt(run % 2 == 0 ? 40 : 3);
      }
      check(keys);
    }
  }

  private static void check(List<Key> keys) {
    Curve curve = Curve.of(keys.reversed());
    for (int i = 0; i + 1 < keys.size(); i++) {
      Key from = keys.get(i);
      Key to = keys.get(i + 1);
      assertEquals(from.stops(), curve.at(from.frame()));
      int way = to.stops().plus(from.stops().negate()).signum();
      for (int frame = from.frame() + 1; frame < to.frame(); frame++) {
        ExactStops step = curve.at(frame).plus(curve.at(frame - 1).negate());
        ExactStops rest = to.stops().plus(curve.at(frame).negate());
        assertTrue(step.signum() * way >= 0 && rest.signum() * way >= 0, keys + " at " + frame);
        assertTrue(from.ease() != Ease.HOLD || step.signum() == 0, keys + " at " + frame);
      }
    }
  }

  @Test
  void smoothIsSmooth() {
    Curve curve = curve("0:0,100:2,300:3,400:-1,500:-1,600:1", Ease.SMOOTH);
    for (int frame = 2; frame <= 600; frame++) {
      double bend =
          curve.at(frame).high() - 2 * curve.at(frame - 1).high() + curve.at(frame - 2).high();
      assertTrue(Math.abs(bend) < 0.0026, "frame " + frame + ": " + bend);
    }
  }

  @Test
  void twoKeysOfAFrameAreAnError() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> curve("1:0,2:1,1:3", Ease.LINEAR));
    assertEquals(
        "frame 1 has two keys, 0 and +3; a jump is a hold up to the next frame", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Curve.of(List.of()));
  }

  @Test
  void framesAtTheEndsOfAllNumbersAreNoTrouble() {
    Curve curve = curve("-2147483648:0,2147483647:4294967295/1000000000", Ease.LINEAR);
    assertEquals("+2.147484", at(curve, 0));
  }
}
