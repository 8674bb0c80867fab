package stops.ev;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marks of one setting in steps of a third or half stop. A value is marked if it is the same
 * number as a mark: {@code 0.008} is {@code 1/125}.
 *
 * <p>Source: the preferred numbers of ISO 2720, ISO 517 and ISO 12232, as cameras and lenses are
 * engraved. Above 30 seconds only whole stops are marked.
 */
final class MarkedScale {
  private static final double ISO_BASE = 100;

  private static final String SHUTTER_THIRDS =
      "30 25 20 15 13 10 8 6 5 4 3.2 2.5 2 1.6 1.3 1 0.8 0.6 0.5 0.4 0.3 1/4 1/5 1/6 1/8 1/10 1/13"
          + " 1/15 1/20 1/25 1/30 1/40 1/50 1/60 1/80 1/100 1/125 1/160 1/200 1/250 1/320 1/400"
          + " 1/500 1/640 1/800 1/1000 1/1250 1/1600 1/2000 1/2500 1/3200 1/4000 1/5000 1/6400"
          + " 1/8000 1/10000 1/12800 1/16000 1/20000 1/25600 1/32000";
  private static final String SHUTTER_HALVES =
      "30 20 15 10 8 6 4 3 2 1.5 1 0.7 0.5 0.3 1/4 1/6 1/8 1/10 1/15 1/20 1/30 1/45 1/60 1/90"
          + " 1/125 1/180 1/250 1/350 1/500 1/750 1/1000 1/1500 1/2000 1/3000 1/4000 1/6000"
          + " 1/8000 1/12000 1/16000 1/24000 1/32000";
  private static final String SHUTTER_WHOLE =
      "60 120 240 480 960 1920 3840 7680 15360 30720 61440 122880 245760";
  private static final String APERTURE_THIRDS =
      "0.7 0.8 0.9 1 1.1 1.2 1.4 1.6 1.8 2 2.2 2.5 2.8 3.2 3.5 4 4.5 5 5.6 6.3 7.1 8 9 10 11 13"
          + " 14 16 18 20 22 25 29 32 36 40 45 51 57 64 72 80 90 102 114 128";
  private static final String APERTURE_HALVES =
      "0.7 0.8 1 1.2 1.4 1.7 2 2.4 2.8 3.3 4 4.8 5.6 6.7 8 9.5 11 13 16 19 22 27 32 38 45 54 64"
          + " 76 90 107 128";
  private static final String ISO_THIRDS =
      "0.8 1 1.2 1.6 2 2.5 3 4 5 6 8 10 12 16 20 25 32 40 50 64 80 100 125 160 200 250 320 400"
          + " 500 640 800 1000 1250 1600 2000 2500 3200 4000 5000 6400 8000 10000 12800 16000"
          + " 20000 25600 32000 40000 51200 64000 80000 102400 128000 160000 204800 256000 320000"
          + " 409600 512000 640000 819200 1024000 1280000 1638400 2048000 2560000 3276800";
  private static final String ISO_HALVES =
      "6 9 12 18 25 35 50 70 100 140 200 280 400 560 800 1100 1600 2200 3200 4500 6400 9000"
          + " 12800 18000 25600 36000 51200 72000 102400 144000 204800";
  private static final String ISO_WHOLE = "409600 819200 1638400 3276800";

  /** The scales, two of each kind: thirds and halves. Made when they are first needed. */
  private static final MarkedScale[] SCALES = new MarkedScale[2 * 3];

  static {
    for (SettingKind kind :
        new SettingKind[] {SettingKind.SHUTTER, SettingKind.APERTURE, SettingKind.ISO}) {
      SCALES[2 * kind.ordinal()] = make(kind, true);
      SCALES[2 * kind.ordinal() + 1] = make(kind, false);
    }
  }

  private final List<MarkedValue> primary = new ArrayList<>();
  private final List<MarkedValue> others = new ArrayList<>();
  private final SettingKind kind;
  private final double factor;

  private MarkedScale(SettingKind kind) {
    this.kind = kind;
    factor = kind == SettingKind.ISO ? ISO_BASE : 1;
  }

  /** The scale of a kind; a density has none. */
  static MarkedScale of(SettingKind kind, boolean thirds) {
    return SCALES[2 * kind.ordinal() + (thirds ? 0 : 1)];
  }

  private static MarkedScale make(SettingKind kind, boolean thirds) {
    MarkedScale scale = new MarkedScale(kind);
    int stop = Power.TWELFTHS;
    int step = stop / (thirds ? 3 : 2);
    switch (kind) {
      case SHUTTER -> {
        scale.addAll(SHUTTER_WHOLE, 6 * stop, stop);
        scale.addAll(thirds ? SHUTTER_THIRDS : SHUTTER_HALVES, 5 * stop, -step);
        if (thirds) {
          scale.alias("1/1.3", -step);
          scale.alias("1/1.6", -2 * step);
          scale.alias("1/3", -5 * step);
        } else {
          scale.alias("1/1.5", -step);
          scale.alias("1/3", -3 * step);
        }
      }
      // An f-number is the square root of what it stops.
      case APERTURE -> {
        scale.addAll(thirds ? APERTURE_THIRDS : APERTURE_HALVES, -stop / 2, step / 2);
        if (thirds) {
          scale.alias("81", 38 * step / 2);
        } else {
          scale.alias("1.8", 3 * step / 2);
          scale.alias("2.5", 5 * step / 2);
          scale.alias("3.5", 7 * step / 2);
          scale.alias("4.5", 9 * step / 2);
        }
      }
      case ISO -> {
        if (thirds) {
          scale.addAll(ISO_THIRDS, -7 * stop, step);
        } else {
          scale.addAll(ISO_HALVES, -4 * stop, step);
          scale.addAll(ISO_WHOLE, 12 * stop, stop);
        }
        scale.alias("1640000", 14 * stop);
        scale.alias("3280000", 15 * stop);
      }
      case DENSITY -> throw new IllegalArgumentException("densities are not marked");
    }
    return scale;
  }

  private void addAll(String labels, int firstTwelfths, int step) {
    int twelfths = firstTwelfths;
    for (int start = 0; start < labels.length(); ) {
      int end = labels.indexOf(' ', start);
      end = end < 0 ? labels.length() : end;
      primary.add(MarkedValue.of(labels.substring(start, end), new Power(factor, twelfths)));
      twelfths += step;
      start = end + 1;
    }
  }

  private void alias(String label, int twelfths) {
    others.add(MarkedValue.of(label, new Power(factor, twelfths)));
  }

  /** The marks, one for each step. */
  List<MarkedValue> values() {
    return List.copyOf(primary);
  }

  /** Other marks for some of the same steps. */
  List<MarkedValue> aliases() {
    return List.copyOf(others);
  }

  /** The mark that says {@code number}, or null. */
  @Nullable MarkedValue find(double number) {
    for (MarkedValue value : primary) {
      if (value.labelled() == number) {
        return value;
      }
    }
    for (MarkedValue value : others) {
      if (value.labelled() == number) {
        return value;
      }
    }
    return null;
  }

  /** The mark nearest to {@code number} in stops; null if the scale ends a stop before it. */
  @Nullable MarkedValue nearest(double number) {
    MarkedValue nearest = null;
    double least = 1;
    for (MarkedValue value : primary) {
      double distance =
          Math.abs(value.meant().over(Power.of(number)).log2() * kind.stopsOfDouble());
      if (distance < least) {
        nearest = value;
        least = distance;
      }
    }
    return nearest;
  }
}
