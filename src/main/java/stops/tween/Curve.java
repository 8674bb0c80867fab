package stops.tween;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import stops.engine.ExactStops;

/**
 * Stops over frames, through keys. Outside the keys the nearest one holds. Immutable.
 *
 * <p>Between keys a curve is computed as an exact fraction and rounded once, to {@value #DECIMALS}
 * decimals, so that what is printed for a frame is what is done to it. At keys it is exact.
 *
 * <p>Smooth parts are cubics whose slopes at the keys are those of M. Steffen, A simple method for
 * monotonic interpolation in one dimension, Astronomy and Astrophysics 239 (1990): twice the
 * smaller of both neighbours' slopes at most, and 0 where these have different signs, so that
 * nothing overshoots. The slope is 0 towards what holds. A straight part is left with its own
 * slope, or with three times that of the smooth part if that is less (F. N. Fritsch and R. E.
 * Carlson, Monotone piecewise cubic interpolation, 1980).
 */
public final class Curve {
  /** The number of decimals, of a stop, between keys. */
  public static final int DECIMALS = 6;

  /** The most keys of a curve; as many as frames in a run. */
  static final int MOST_KEYS = 100_000;

  private static final ExactStops TWO = ExactStops.of(2);
  private static final ExactStops THREE = ExactStops.of(3);

  private final List<Key> keys;
  private final NavigableMap<Integer, Integer> places = new TreeMap<>();

  private Curve(List<Key> keys) {
    this.keys = keys;
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i).frame(), i);
    }
  }

  /**
   * The curve through keys, in any order.
   *
   * @throws IllegalArgumentException if there is none, or two of a frame; the message is one line
   */
  public static Curve of(List<Key> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no key; write 1001:-5,1050:0");
    }
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("there are more than " + MOST_KEYS + " keys");
    }
    List<Key> sorted = keys.stream().sorted(Comparator.comparingInt(Key::frame)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).frame() == sorted.get(i - 1).frame()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "frame %d has two keys, %s and %s; a jump is a hold up to the next frame",
                sorted.get(i).frame(),
                sorted.get(i - 1).stops(),
                sorted.get(i).stops()));
      }
    }
    return new Curve(sorted);
  }

  /** The keys by frame. */
  public List<Key> keys() {
    return keys;
  }

  /** The first key's frame. */
  public int first() {
    return keys.getFirst().frame();
  }

  /** The last key's frame. */
  public int last() {
    return keys.getLast().frame();
  }

  /** By how many stops a frame becomes brighter. */
  public ExactStops at(int frame) {
    Map.Entry<Integer, Integer> before = places.floorEntry(frame);
    if (before == null) {
      return keys.getFirst().stops();
    }
    int place = before.getValue();
    Key key = keys.get(place);
    if (key.frame() == frame || place == keys.size() - 1 || key.ease() == Ease.HOLD) {
      return key.stops();
    }
    Key next = keys.get(place + 1);
    ExactStops share = whole((long) frame - key.frame()).dividedBy(width(place));
    ExactStops rise = rise(place);
    ExactStops part = key.ease() == Ease.LINEAR ? share.times(rise) : smooth(place, share);
    ExactStops value = key.stops().plus(part).rounded(DECIMALS);
    // Keys may have more decimals, and rounding does not go beyond them.
    boolean rises = rise.signum() > 0;
    boolean below = isLess(value, rises ? key.stops() : next.stops());
    boolean above = isLess(rises ? next.stops() : key.stops(), value);
    return below ? lower(key, next, rises) : above ? lower(next, key, rises) : value;
  }

  private static ExactStops lower(Key one, Key other, boolean rises) {
    return rises ? one.stops() : other.stops();
  }

  /**
   * The cubic in t, from 0 to 1, with rise d, width h and slopes m and n at its ends: t (h m + t (3
   * d - h (2 m + n) + t (h (m + n) - 2 d))).
   */
  private ExactStops smooth(int place, ExactStops t) {
    ExactStops d = rise(place);
    ExactStops m = slope(place, place - 1).times(width(place));
    ExactStops n = slope(place, place + 1).times(width(place));
    ExactStops cube = m.plus(n).plus(TWO.times(d).negate());
    ExactStops square = THREE.times(d).plus(TWO.times(m).plus(n).negate());
    return t.times(m.plus(t.times(square.plus(t.times(cube)))));
  }

  /** The slope at which a smooth part meets its neighbour, in stops a frame. */
  private ExactStops slope(int place, int neighbour) {
    if (neighbour < 0
        || neighbour >= keys.size() - 1
        || keys.get(neighbour).ease() == Ease.HOLD
        || rise(place).signum() != rise(neighbour).signum()) {
      return ExactStops.ZERO;
    }
    ExactStops own = secant(place);
    ExactStops other = secant(neighbour);
    if (keys.get(neighbour).ease() == Ease.LINEAR) {
      return smaller(other, THREE.times(own));
    }
    ExactStops mean =
        own.times(width(neighbour))
            .plus(other.times(width(place)))
            .dividedBy(width(place).plus(width(neighbour)));
    return smaller(mean, TWO.times(smaller(own, other)));
  }

  private ExactStops secant(int place) {
    return rise(place).dividedBy(width(place));
  }

  private ExactStops rise(int place) {
    return keys.get(place + 1).stops().plus(keys.get(place).stops().negate());
  }

  private ExactStops width(int place) {
    return whole((long) keys.get(place + 1).frame() - keys.get(place).frame());
  }

  private static ExactStops whole(long number) {
    return ExactStops.of(BigDecimal.valueOf(number));
  }

  /** The one of two numbers of the same sign that is nearer to zero. */
  private static ExactStops smaller(ExactStops one, ExactStops other) {
    boolean less = isLess(one, other);
    return less == one.signum() > 0 ? one : other;
  }

  private static boolean isLess(ExactStops one, ExactStops other) {
    return one.plus(other.negate()).signum() < 0;
  }
}
