package stops.wedge;

/** A row of a sheet that is being drawn. */
interface Row {
  /** Gives a pixel a colour, {@code 0xRRGGBB} as sRGB. */
  void set(int x, int rgb);

  /** Gives a pixel a mixture of its colour and another; {@code cover} is from 0 to 255. */
  void blend(int x, int rgb, int cover);

  /** Gives a pixel linear light: red, green and blue. */
  void light(int x, float[] light);
}
