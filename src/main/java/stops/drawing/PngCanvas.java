package stops.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a PNG picture, with two pixels for a unit. */
public final class PngCanvas implements Canvas {
  private static final double PIXELS = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** An empty picture of that size. */
  public PngCanvas(double width, double height) {
    image =
        new BufferedImage(
            (int) Math.ceil(width * PIXELS),
            (int) Math.ceil(height * PIXELS),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(PIXELS, PIXELS);
  }

  /** The file. */
  public byte[] png() throws IOException {
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java cannot write PNG");
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public void polygon(double[] x, double[] y, int rgb, double opacity) {
    graphics.setColor(
        new Color(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, (int) (opacity * 255)));
    Path2D path = path(x, y);
    path.closePath();
    graphics.fill(path);
  }

  @Override
  public void line(double[] x, double[] y, int rgb, double width, double... dashes) {
    float[] pattern = new float[dashes.length];
    for (int i = 0; i < dashes.length; i++) {
      pattern[i] = (float) dashes[i];
    }
    graphics.setColor(new Color(rgb));
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10,
            pattern.length == 0 ? null : pattern,
            0));
    graphics.draw(path(x, y));
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    return path;
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, int rgb) {
    // Capitals of common fonts have seven tenths of the size that is asked for.
    double capital = 0.7 * size;
    double width = StrokeFont.width(text, capital);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    graphics.setColor(new Color(rgb));
    graphics.setStroke(
        new BasicStroke(
            (float) (capital * StrokeFont.STROKE), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    StrokeFont.draw(text, left, y, capital, (xs, ys) -> graphics.draw(path(xs, ys)));
  }
}
