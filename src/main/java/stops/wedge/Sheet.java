package stops.wedge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.display.FalseColour;
import stops.drawing.StrokeFont;
import stops.drawing.TextMask;
import stops.engine.ExactStops;

/**
 * The layout of a sheet: a title, pictures with labels below them, and a legend of false colour.
 * Confined to one thread.
 */
final class Sheet {
  static final int BACKGROUND = 0x262626;
  static final int TEXT = 0xe6e6e6;
  private static final int FAINT = 0xa8a8a8;
  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int LEAST_WIDTH = 320;
  private static final double LEAST_CAPITAL = 8;
  private static final double MOST_CAPITAL = 16;

  private final List<Item> items = new ArrayList<>();
  private final List<Wedge.Cell> cells = new ArrayList<>();
  private final double capital;
  private int width;
  private int height;

  /** Something on a sheet. */
  private record Item(int top, int height, Painter painter) {}

  /** Draws row {@code y} of an item, counted from its top. */
  private interface Painter {
    void draw(int y, Row row);
  }

  private Sheet(int pictureWidth) {
    capital = Math.clamp(pictureWidth / 24.0, LEAST_CAPITAL, MOST_CAPITAL);
  }

  /**
   * Lays out a sheet.
   *
   * @param captions its first lines
   * @param exposures exposures of the pictures
   * @param pictures the pictures, all of one size
   * @param columns pictures side by side
   * @param colours false colour to explain; null for none
   */
  static Sheet of(
      Captions captions,
      List<ExactStops> exposures,
      List<Exposed> pictures,
      int columns,
      @Nullable FalseColour colours) {
    Exposed first = pictures.getFirst();
    Sheet sheet = new Sheet(first.width());
    List<TextMask> labels = new ArrayList<>();
    int cellWidth = first.width();
    for (ExactStops stops : exposures) {
      TextMask label = TextMask.of(captions.labelled() ? label(stops) : "", sheet.capital);
      labels.add(label);
      cellWidth = Math.max(cellWidth, label.width());
    }
    sheet.width = Math.max(LEAST_WIDTH, 2 * MARGIN + columns * cellWidth + (columns - 1) * GAP);
    int y = MARGIN;
    y = sheet.line(captions.title(), 1.15 * sheet.capital, TEXT, y);
    y = sheet.line(captions.subtitle(), 0.85 * sheet.capital, FAINT, y) + GAP / 2;
    int labelHeight = captions.labelled() ? labels.getFirst().height() : 0;
    for (int i = 0; i < pictures.size(); i++) {
      int left = MARGIN + i % columns * (cellWidth + GAP);
      int x = left + (cellWidth - first.width()) / 2;
      int top = y + i / columns * (first.height() + labelHeight + GAP);
      Exposed picture = pictures.get(i);
      sheet.items.add(new Item(top, first.height(), (line, row) -> picture.draw(line, row, x)));
      sheet.cells.add(new Wedge.Cell(exposures.get(i), x, top, first.width(), first.height()));
      TextMask label = labels.get(i);
      int colour = exposures.get(i).signum() == 0 ? 0xffffff : TEXT;
      if (captions.labelled()) {
        sheet.text(label, left + (cellWidth - label.width()) / 2, top + first.height() + 2, colour);
      }
    }
    int rows = Math.ceilDiv(pictures.size(), columns);
    y += rows * (first.height() + labelHeight + GAP);
    if (colours != null) {
      y = sheet.legend(colours, y);
    }
    sheet.height = y + MARGIN - GAP;
    return sheet;
  }

  /** The exposure for people: +1 1/3, −2/3, 0. */
  static String label(ExactStops stops) {
    return stops.toString().replaceFirst("(\\d)[-+](\\d+/)", "$1 $2").replace('-', '\u2212');
  }

  /** Adds a line of text, and returns where the next one begins. */
  private int line(String text, double size, int rgb, int top) {
    String fitted = StrokeFont.fitted(text, size, width - 2.0 * MARGIN);
    TextMask mask = TextMask.of(fitted, size);
    text(mask, MARGIN - 1, top, rgb);
    return top + mask.height() + 2;
  }

  private void text(TextMask mask, int left, int top, int rgb) {
    items.add(
        new Item(
            top,
            mask.height(),
            (y, row) -> {
              for (int x = 0; x < mask.width(); x++) {
                int cover = mask.cover()[y * mask.width() + x] & 0xff;
                if (cover > 0) {
                  row.blend(left + x, rgb, cover);
                }
              }
            }));
  }

  /** Adds the colours and their names, in lines, and returns where the next thing begins. */
  private int legend(FalseColour colours, int top) {
    List<FalseColour.Band> bands = new ArrayList<>();
    bands.add(new FalseColour.Band("zero and less", FalseColour.NO_LIGHT));
    bands.addAll(colours.legend());
    bands.add(new FalseColour.Band("not a number", FalseColour.NAN));
    int x = MARGIN;
    int y = top;
    int side = (int) Math.ceil(1.7 * capital);
    for (FalseColour.Band band : bands) {
      TextMask name = TextMask.of(band.name().replace('-', '\u2212'), 0.85 * capital);
      int needed = side + 3 + name.width() + GAP;
      if (x > MARGIN && x + needed > width - MARGIN + GAP) {
        x = MARGIN;
        y += side + GAP / 2;
      }
      swatch(x, y, side, band.rgb());
      text(name, x + side + 3, y + (side - name.base()) / 2, TEXT);
      x += needed;
    }
    return y + side + GAP;
  }

  private void swatch(int left, int top, int side, int rgb) {
    items.add(
        new Item(
            top,
            side,
            (y, row) -> {
              for (int x = 0; x < side; x++) {
                boolean edge = x == 0 || y == 0 || x == side - 1 || y == side - 1;
                row.set(left + x, edge ? FAINT : rgb);
              }
            }));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  List<Wedge.Cell> cells() {
    return cells;
  }

  /** Draws row {@code y}. */
  void draw(int y, Row row) {
    for (int x = 0; x < width; x++) {
      row.set(x, BACKGROUND);
    }
    for (Item item : items) {
      if (y >= item.top && y < item.top + item.height) {
        item.painter.draw(y - item.top, row);
      }
    }
  }
}
