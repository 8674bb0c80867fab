package stops.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as pixels, each covered by strokes to a part of it. Immutable.
 *
 * @param width pixels of a row
 * @param height rows
 * @param base the row of the base line
 * @param cover how much of each pixel is covered, from 0 to 255, row by row
 */
public record TextMask(int width, int height, int base, byte[] cover) {

  /** The pixels of a text whose capitals are {@code size} pixels high. */
  public static TextMask of(String text, double size) {
    double radius = Math.max(0.6, size * StrokeFont.STROKE / 2);
    int margin = (int) Math.ceil(radius + 1);
    int width = (int) Math.ceil(StrokeFont.width(text, size)) + 2 * margin;
    int base = (int) Math.ceil(size) + margin;
    int height = base + (int) Math.ceil(size * StrokeFont.DESCENT) + margin;
    List<double[]> segments = new ArrayList<>();
    StrokeFont.draw(
        text,
        margin,
        base,
        size,
        (x, y) -> {
          for (int i = 1; i < x.length; i++) {
            segments.add(new double[] {x[i - 1], y[i - 1], x[i], y[i]});
          }
        });
    byte[] cover = new byte[width * height];
    for (double[] segment : segments) {
      cover(segment, radius, width, height, cover);
    }
    return new TextMask(width, height, base, cover);
  }

  private static void cover(double[] segment, double radius, int width, int height, byte[] cover) {
    double reach = radius + 1;
    int left = (int) Math.max(0, Math.min(segment[0], segment[2]) - reach);
    int right = (int) Math.min(width - 1, Math.max(segment[0], segment[2]) + reach);
    int top = (int) Math.max(0, Math.min(segment[1], segment[3]) - reach);
    int bottom = (int) Math.min(height - 1, Math.max(segment[1], segment[3]) + reach);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double part = Math.clamp(radius + 0.5 - distance(segment, x + 0.5, y + 0.5), 0, 1);
        int at = y * width + x;
        cover[at] = (byte) Math.max(cover[at] & 0xff, Math.round(part * 255));
      }
    }
  }

  private static double distance(double[] segment, double x, double y) {
    double dx = segment[2] - segment[0];
    double dy = segment[3] - segment[1];
    double length = dx * dx + dy * dy;
    double along =
        length == 0
            ? 0
            : Math.clamp(((x - segment[0]) * dx + (y - segment[1]) * dy) / length, 0, 1);
    double offX = x - segment[0] - along * dx;
    double offY = y - segment[1] - along * dy;
    return Math.sqrt(offX * offX + offY * offY);
  }
}
